#include "proxy/store/libpq.h"

#include <dlfcn.h>

namespace smartca::store {
namespace {

// The library stays for as long as the process does: it has registered itself with OpenSSL.
Result<Libpq, std::string> loadAll() {
    void* library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return std::string(
            "PostgreSQL's client library libpq.so.5 cannot be loaded; install it (Debian: apt-get install "
            "libpq5)");
    Libpq pq;
    const char* missing = nullptr;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
        if (function == nullptr) missing = name;
    };
    find(pq.conninfoParse, "PQconninfoParse");
    find(pq.conninfoFree, "PQconninfoFree");
    find(pq.freemem, "PQfreemem");
    find(pq.connectdbParams, "PQconnectdbParams");
    find(pq.finish, "PQfinish");
    find(pq.status, "PQstatus");
    find(pq.transactionStatus, "PQtransactionStatus");
    find(pq.parameterStatus, "PQparameterStatus");
    find(pq.serverVersion, "PQserverVersion");
    find(pq.errorMessage, "PQerrorMessage");
    find(pq.socket, "PQsocket");
    find(pq.setnonblocking, "PQsetnonblocking");
    find(pq.setNoticeReceiver, "PQsetNoticeReceiver");
    find(pq.sendQuery, "PQsendQuery");
    find(pq.sendPrepare, "PQsendPrepare");
    find(pq.sendQueryPrepared, "PQsendQueryPrepared");
    find(pq.flush, "PQflush");
    find(pq.consumeInput, "PQconsumeInput");
    find(pq.isBusy, "PQisBusy");
    find(pq.getResult, "PQgetResult");
    find(pq.clear, "PQclear");
    find(pq.resultStatus, "PQresultStatus");
    find(pq.resultErrorField, "PQresultErrorField");
    find(pq.cmdStatus, "PQcmdStatus");
    find(pq.cmdTuples, "PQcmdTuples");
    find(pq.ntuples, "PQntuples");
    find(pq.getvalue, "PQgetvalue");
    find(pq.getlength, "PQgetlength");
    find(pq.getisnull, "PQgetisnull");
    if (missing != nullptr) return std::string("PostgreSQL's client library libpq.so.5 has no ") + missing;
    return pq;
}

}  // namespace

Result<const Libpq*, std::string> Libpq::load() {
    static const Result<Libpq, std::string> loaded = loadAll();
    if (!loaded) return loaded.error();
    return &loaded.value();
}

}  // namespace smartca::store
