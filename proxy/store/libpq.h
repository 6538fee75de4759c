// PostgreSQL's client library, which is loaded when a database on a server is opened and never otherwise: a
// proxy with an SQLite file neither needs it installed nor pays for it. The header is PostgreSQL's own, so
// that the compiler checks each call.
//
// Threads: any.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>

#include "shared/result.h"

namespace smartca::store {

// Under the names that PostgreSQL's manual has, without PQ.
struct Libpq {
    decltype(&PQconninfoParse) conninfoParse = nullptr;
    decltype(&PQconninfoFree) conninfoFree = nullptr;
    decltype(&PQfreemem) freemem = nullptr;
    decltype(&PQconnectdbParams) connectdbParams = nullptr;
    decltype(&PQfinish) finish = nullptr;
    decltype(&PQstatus) status = nullptr;
    decltype(&PQtransactionStatus) transactionStatus = nullptr;
    decltype(&PQparameterStatus) parameterStatus = nullptr;
    decltype(&PQserverVersion) serverVersion = nullptr;
    decltype(&PQerrorMessage) errorMessage = nullptr;
    decltype(&PQsocket) socket = nullptr;
    decltype(&PQsetnonblocking) setnonblocking = nullptr;
    decltype(&PQsetNoticeReceiver) setNoticeReceiver = nullptr;
    decltype(&PQsendQuery) sendQuery = nullptr;
    decltype(&PQsendPrepare) sendPrepare = nullptr;
    decltype(&PQsendQueryPrepared) sendQueryPrepared = nullptr;
    decltype(&PQflush) flush = nullptr;
    decltype(&PQconsumeInput) consumeInput = nullptr;
    decltype(&PQisBusy) isBusy = nullptr;
    decltype(&PQgetResult) getResult = nullptr;
    decltype(&PQclear) clear = nullptr;
    decltype(&PQresultStatus) resultStatus = nullptr;
    decltype(&PQresultErrorField) resultErrorField = nullptr;
    decltype(&PQcmdStatus) cmdStatus = nullptr;
    decltype(&PQcmdTuples) cmdTuples = nullptr;
    decltype(&PQntuples) ntuples = nullptr;
    decltype(&PQgetvalue) getvalue = nullptr;
    decltype(&PQgetlength) getlength = nullptr;
    decltype(&PQgetisnull) getisnull = nullptr;

    // Loaded the first time, and then for good. The error names the package to install.
    static Result<const Libpq*, std::string> load();
};

// Freed the way libpq frees them.
struct LibpqDelete {
    const Libpq* pq;
    void operator()(PGconn* connection) const { pq->finish(connection); }
    void operator()(PGresult* result) const { pq->clear(result); }
};
using LibpqConnection = std::unique_ptr<PGconn, LibpqDelete>;
using LibpqResult = std::unique_ptr<PGresult, LibpqDelete>;

}  // namespace smartca::store
