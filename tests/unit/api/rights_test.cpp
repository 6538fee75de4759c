// What the routes answer to a caller who may not do everything, or not for everyone.
#include <doctest/doctest.h>

#include "fakes.h"

using namespace smartca;
using namespace smartca::api::test;

namespace {

http::Caller callerWith(Rights may, std::vector<UserId> users = {}) {
    return {.company = "main",
            .issuer = "https://portal.example.vn",
            .subject = "17",
            .name = "Trần Bình",
            .may = may,
            .users = std::move(users)};
}

// Certificate 5 is user 7's, 6 is user 8's.
struct TwoUsers {
    Bench bench;
    http::Caller everyone = callerWith(Rights::all());
    http::Caller ofSeven = callerWith(Rights::all(), {7, 70});
    http::Caller ofEight = callerWith(Rights::all(), {8});

    TwoUsers() {
        bench.registry.list = {{.id = 5, .name = "A", .userId = 7, .serial = "5401aa"},
                               {.id = 6, .name = "B", .userId = 8, .serial = "5401bb"}};
        bench.registry.holders["5401aa"] = {"Nguyễn Văn A"};
        bench.smartCa.registered["001099000001"] = {registeredWith("5401aa")};
    }
    http::Response change(const char* body, const http::Caller& caller) const {
        return bench.call("PATCH", "certificates/:id=5", {.body = body, .caller = caller});
    }
    nlohmann::json lookedUp(const http::Caller& caller, const char* user) const {
        const std::string body = R"({"identity": "001099000001")" + std::string(user) + "}";
        return bodyOf(bench.call("POST", "lookups", {.body = body, .caller = caller}));
    }
};

}  // namespace

TEST_CASE_FIXTURE(TwoUsers, "the session tells what its caller may do") {
    const auto session =
        bodyOf(bench.call("GET", "session", {.caller = callerWith({Right::Lookup, Right::Details})}));
    CHECK(session.at("may") == nlohmann::json{"lookup", "details"});
}

TEST_CASE_FIXTURE(TwoUsers, "a change takes the right of what it changes") {
    const auto renamer = callerWith({Right::Rename});
    const auto chooser = callerWith({Right::Default});
    CHECK(change(R"({"name": "C"})", renamer).status == 200);
    CHECK(codeOf(change(R"({"isDefault": true})", renamer)) == "notAllowed");
    CHECK(change(R"({"isDefault": true})", renamer).detail == "no right of default");
    CHECK(change(R"({"isDefault": true})", chooser).status == 200);
    CHECK(codeOf(change(R"({"name": "C"})", chooser)) == "notAllowed");
    CHECK(codeOf(change(R"({"name": "C", "isDefault": true})", chooser)) == "notAllowed");
}

TEST_CASE_FIXTURE(TwoUsers, "another user is not found, in whatever way they are asked for") {
    for (const char* where : {"users/:id=7", "users/:id=7/signature-image"}) {
        CHECK(bench.call("GET", where, {.caller = ofSeven}).status == 200);
        CHECK(bench.call("GET", where, {.caller = ofEight}).status == 404);
    }
    CHECK(bench.call("GET", "defaults", {.query = "userId=7", .caller = ofSeven}).status == 200);
    CHECK(bench.call("GET", "defaults", {.query = "userId=7", .caller = ofEight}).status == 404);
    CHECK(bench.call("GET", "defaults", {.caller = ofEight}).status == 200);
}

TEST_CASE_FIXTURE(TwoUsers, "another user's certificate is gone, to be read, changed and removed") {
    for (const char* method : {"GET", "DELETE"}) {
        CHECK(codeOf(bench.call(method, "certificates/:id=6", {.caller = ofSeven})) == "certificateGone");
        CHECK(bench.call(method, "certificates/:id=6", {.caller = ofEight}).status < 300);
    }
    CHECK(codeOf(bench.call("GET", "certificates/:id=6/details", {.caller = ofSeven})) == "certificateGone");
    CHECK(codeOf(change(R"({"name": "C"})", ofEight)) == "certificateGone");
    CHECK(change(R"({"name": "C"})", ofSeven).status == 200);
}

TEST_CASE_FIXTURE(TwoUsers, "the list is asked for the caller's users, whichever user it is filtered by") {
    bench.call("GET", "certificates", {.query = "userId=8", .caller = ofSeven});
    CHECK(bench.registry.certificateQuery.owners == std::vector<UserId>{7, 70});
    bench.call("GET", "certificates", {.caller = everyone});
    CHECK(bench.registry.certificateQuery.owners.empty());
}

TEST_CASE_FIXTURE(TwoUsers, "of the users a caller sees theirs, searched and paged like all") {
    const auto ask = [&](const char* query, const http::Caller& caller) {
        return bodyOf(bench.call("GET", "users", {.query = query, .caller = caller}));
    };
    CHECK(ask("", ofSeven).at("items").size() == 1);  // there is no user 70
    CHECK(ask("", ofSeven).at("allCount") == 1);
    CHECK(ask("search=nguyen+a", ofSeven).at("totalCount") == 1);
    CHECK(ask("search=nv7", ofSeven).at("totalCount") == 1);
    CHECK(ask("search=binh", ofSeven).at("totalCount") == 0);
    CHECK(ask("page=2", ofSeven).at("items").empty());
    CHECK(ask("", ofEight).at("items").empty());
    bench.registry.fault = ProblemCode::Unavailable;
    CHECK(ask("", ofSeven).at("code") == "unavailable");
}

TEST_CASE_FIXTURE(TwoUsers, "nobody creates for another user, and the log says that it was tried") {
    const nlohmann::json draft = {{"userId", 7}, {"identity", "001099000001"}, {"businessAccount", nullptr}};
    const auto create = [&](const http::Caller& caller, const char* key) {
        return bench.call("POST", "certificates",
                          {.body = draft.dump(), .headers = {{"idempotency-key", key}}, .caller = caller});
    };
    const auto refused = create(ofEight, "key-8");
    CHECK(refused.status == 422);
    CHECK(bodyOf(refused).at("findings")[0].at("code") == "userUnknown");
    CHECK(bench.records.auditLog().back().outcome == "refused");
    CHECK(create(ofSeven, "key-7").status < 300);
    const auto entry = bench.records.auditLog().back();
    CHECK(entry.actor == "17");
    CHECK(entry.actorName == "Trần Bình");
    CHECK(entry.issuer == "https://portal.example.vn");
    CHECK(entry.company == "main");
}

TEST_CASE_FIXTURE(TwoUsers, "what other users hold is told to those alone who may list it, of everyone") {
    CHECK(lookedUp(everyone, R"(, "userId": 8)").at("certificates")[0].at("heldBy").size() == 1);
    CHECK(lookedUp(everyone, "").at("certificates")[0].at("onList") == true);
    for (const auto& caller :
         {ofEight, callerWith({Right::Lookup}), callerWith({Right::Lookup, Right::Create})}) {
        CHECK_FALSE(lookedUp(caller, R"(, "userId": 8)").at("certificates")[0].contains("heldBy"));
        CHECK(lookedUp(caller, "").at("certificates")[0].at("onList") == false);
    }
    CHECK(lookedUp(ofEight, R"(, "userId": 7)").at("code") == "notFound");
    CHECK(bench.smartCa.asked.size() == 8);  // not for that
}

TEST_CASE_FIXTURE(TwoUsers,
                  "what a token locks is refused with another value, and the log says that it was tried") {
    http::Caller locked = everyone;
    locked.prefill = {{.userId = 7, .identity = "001099000001"}, {Field::User, Field::Identity}};
    const auto told = bodyOf(bench.call("GET", "session", {.caller = locked}));
    CHECK(told.at("prefill") == nlohmann::json{{"userId", 7}, {"identity", "001099000001"}});
    CHECK(told.at("lock") == nlohmann::json{"userId", "identity"});
    const auto create = [&](UserId user, const char* identity, const char* key) {
        const nlohmann::json draft = {{"userId", user}, {"identity", identity}, {"businessAccount", nullptr}};
        return bench.call("POST", "certificates",
                          {.body = draft.dump(), .headers = {{"idempotency-key", key}}, .caller = locked});
    };
    const auto refused = create(7, "001099000002", "key-1");
    CHECK(refused.status == 422);
    CHECK(bodyOf(refused).at("findings")[0].at("code") == "fieldLocked");
    CHECK(bodyOf(refused).at("findings")[0].at("field") == "identity");
    CHECK(bench.records.auditLog().back().reason == "fieldLocked");
    CHECK(bodyOf(create(8, "001099000001", "key-2")).at("findings")[0].at("field") == "userId");
    const auto lookUp = [&](const char* body) {
        return bench.call("POST", "lookups", {.body = body, .caller = locked}).status;
    };
    CHECK(lookUp(R"({"identity": "001099000002"})") == 422);
    CHECK(lookUp(R"({"identity": "001099000001", "userId": 8})") == 422);
    CHECK(bench.smartCa.asked.empty());
    CHECK(lookUp(R"({"identity": "001 099 000 001", "userId": 7})") == 200);
    CHECK(create(7, "001099000001", "key-3").status < 300);
}
