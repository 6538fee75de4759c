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

// What is used of it, under the names that PostgreSQL's manual has, without PQ.
// clang-format off
#define SMARTCA_LIBPQ(F) \
    F(conninfoParse) F(conninfoFree) F(freemem) F(connectdbParams) F(finish) F(status) \
    F(transactionStatus) F(parameterStatus) F(serverVersion) F(errorMessage) F(socket) \
    F(setnonblocking) F(setNoticeReceiver) F(sendQuery) F(sendPrepare) F(sendQueryPrepared) \
    F(flush) F(consumeInput) F(isBusy) F(getResult) F(clear) F(resultStatus) F(resultErrorField) \
    F(cmdStatus) F(cmdTuples) F(ntuples) F(getvalue) F(getlength) F(getisnull)
// clang-format on

struct Libpq {
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member cannot stand in parentheses
#define SMARTCA_LIBPQ_MEMBER(name) decltype(&PQ##name) name = nullptr;
    SMARTCA_LIBPQ(SMARTCA_LIBPQ_MEMBER)
#undef SMARTCA_LIBPQ_MEMBER

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
