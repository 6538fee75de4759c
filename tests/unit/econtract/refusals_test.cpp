// What the registry says when the portal refuses, breaks off or is away: above all, whether something may
// have happened.
#include "worlds.h"

namespace smartca::econtract {
namespace {

PortalOptions patient(std::chrono::milliseconds deadline) {
    PortalOptions options;
    options.deadline = deadline;
    return options;
}

base::Fault faultOfAdd(PortalWorld& world) {
    const auto attached = world.tryToAttach(attachment(1, certificatesOf(kPerson)));
    REQUIRE_FALSE(attached.ok());
    return attached.error();
}

std::size_t countOfUser(PortalWorld& world) {
    return world.registry().serialsOnList(1, {certificatesOf(kPerson)[0].serial}).value().size();
}

}  // namespace

TEST_CASE("an add whose answer breaks off or makes no sense is unknown, and was sent once") {
    for (const char* mode : {"drop", "reset", "resetInBody", "truncated", "garbage", "html502", "status500",
                             "deepJson", "duplicateKeys", "redirect", "busy"}) {
        CAPTURE(mode);
        PortalWorld world;
        world.fault({{"mode", mode}, {"path", kAdd}, {"count", 1}});
        CHECK(faultOfAdd(world).code == ProblemCode::OutcomeUnknown);
        CHECK(world.asked(kAdd).size() == 1);
        CHECK(countOfUser(world) == 1);  // it had happened, and reading back tells
    }
}

TEST_CASE("an add that the portal never worked on is unknown as well, for nobody can tell") {
    PortalWorld world;
    world.fault({{"mode", "dropUndone"}, {"path", kAdd}, {"count", 1}});
    CHECK(faultOfAdd(world).code == ProblemCode::OutcomeUnknown);
    CHECK(world.asked(kAdd).size() == 1);
    CHECK(countOfUser(world) == 0);
}

TEST_CASE("an add whose answer does not come in time is unknown") {
    PortalWorld world({}, patient(std::chrono::milliseconds(2'000)));
    REQUIRE(world.registry().user(1).ok());
    world.fault({{"mode", "hang"}, {"path", kAdd}, {"count", 1}});
    CHECK(faultOfAdd(world).code == ProblemCode::OutcomeUnknown);
    world.fault({{"mode", "none"}});
    CHECK(countOfUser(world) == 1);
}

TEST_CASE("an add that the portal refuses has not happened, and its words are told") {
    PortalWorld world;
    auto unknown = certificatesOf(kPerson);
    unknown[0].serial = "5401";
    const auto refused = world.tryToAttach(attachment(1, unknown));
    CHECK(refused.error().code == ProblemCode::PortalRefused);
    CHECK(refused.error().message == "Không tìm thấy chứng thư số 5401");
}

TEST_CASE(
    "of several that go one by one, a refusal after the first is certain at once, in the portal's words") {
    PortalWorld world;
    auto all = certificatesOf(kCompany);
    REQUIRE(world.tryToAttach(attachment(1, {all[0]})).ok());
    all[2].serial = "5401";
    const auto half = world.tryToAttach(attachment(1, all));
    REQUIRE(half.ok());
    REQUIRE(half.value().added.size() == 1);
    CHECK(half.value().added[0].serial == all[1].serial);
    CHECK(half.value().missing == std::vector<std::string>{"5401"});
    REQUIRE(half.value().refusal);
    CHECK(half.value().refusal->message == "Không tìm thấy chứng thư số 5401");
    CHECK(world.auditLog().back().reason == "someAlreadyOnList someMissing portalRefused");
}

TEST_CASE("what the portal has done and then refuses is told as done, in its words") {
    for (const char* words :
         {"Chứng thư số đã hết hạn", "Có lỗi xảy ra", "Object reference not set to an instance",
          "Lưu thành công, gửi thông báo thất bại", "Thành công"}) {
        CAPTURE(words);
        PortalWorld world;
        const auto refuse = [&](const char* path) {
            world.fault(
                {{"mode", "answer"},
                 {"path", path},
                 {"count", 1},
                 {"http", 200},
                 {"body", {{"data", nullptr}, {"success", false}, {"code", 0}, {"messages", {words}}}}});
        };
        refuse(kAdd);
        const auto added = world.tryToAttach(attachment(1, certificatesOf(kCompany)));
        REQUIRE(added.ok());
        CHECK(added.value().added.size() == 3);
        REQUIRE(added.value().refusal);
        CHECK(added.value().refusal->message == std::string(words));
        const std::int64_t id = added.value().added.at(1).id;
        refuse("/api/users/smart-ca/update");
        const auto renamed = world.registry().change(id, {.name = "Mới", .isDefault = {}}, wallClock(), {});
        REQUIRE(renamed.ok());
        CHECK(renamed.value().name == "Mới");
        refuse("/api/users/smart-ca/delete");
        CHECK(world.registry().remove(id, {}).ok());
        CHECK(world.registry().serialsOnList(1, {added.value().added.at(1).serial}).value().empty());
        CHECK(world.auditLog().back().outcome == "removed");
    }
}

TEST_CASE("a change that is refused in words of unfinished work is not known") {
    for (const char* words : {"Yêu cầu đang được xử lý, vui lòng thử lại sau", "Timeout expired.",
                              "A task was canceled.", "Hết thời gian chờ phản hồi"}) {
        CAPTURE(words);
        const upstream::HttpResponse answer{
            .status = 200,
            .body = Json{{"data", nullptr}, {"success", false}, {"code", 0}, {"messages", {words}}}.dump()};
        CHECK(readAnswer(answer, Purpose::Change, 0).error().code == ProblemCode::OutcomeUnknown);
        CHECK(readAnswer(answer, Purpose::Question, 0).error().code == ProblemCode::PortalRefused);
    }
    const upstream::HttpResponse plain{
        .status = 200, .body = R"({"success":false,"code":0,"messages":["The certificate was cancelled"]})"};
    CHECK(readAnswer(plain, Purpose::Change, 0).error().code == ProblemCode::PortalRefused);
}

TEST_CASE("of several that go one by one, silence after the first leaves the outcome unknown") {
    PortalWorld world;
    const auto all = certificatesOf(kCompany);
    REQUIRE(world.tryToAttach(attachment(1, {all[0]})).ok());
    world.fault({{"mode", "drop"}, {"path", kAdd}, {"count", 1}});
    CHECK(world.tryToAttach(attachment(1, all)).error().code == ProblemCode::OutcomeUnknown);
}

TEST_CASE("a portal that cannot be reached has done nothing") {
    DatabaseWorld own;
    TestAccount account;
    PortalOptions options;
    options.url = portalUrl("https://127.0.0.1:1").value();
    options.login.company = 101;
    auto portal = PortalClient::make(options, account.source());
    REQUIRE(portal.ok());
    EContractRegistry registry(*portal.value(), own.registry(), own.journal(), {});
    CHECK(create(registry, own.journal(), freshKey(), attachment(1, certificatesOf(kPerson))).error().code ==
          ProblemCode::PortalUnreachable);
    CHECK(registry.users({}).error().code == ProblemCode::PortalUnreachable);
    CHECK(registry.certificates({}).error().code == ProblemCode::PortalUnreachable);
    CHECK(registry.companySettings().ok());  // our own
}

TEST_CASE(
    "a question that is answered badly is nonsense, a portal without an answer is away, and one that says "
    "503 is closed") {
    PortalWorld world;
    REQUIRE(world.registry().user(1).ok());
    const auto errorUnder = [&](const char* mode) {
        world.fault({{"mode", mode}, {"path", "/api/users/1"}});
        const auto user = world.registry().user(1);
        REQUIRE_FALSE(user.ok());
        return user.error();
    };
    for (const char* mode :
         {"garbage", "deepJson", "duplicateKeys", "nullData", "emptyData", "invalidUtf8", "redirect"}) {
        CAPTURE(mode);
        CHECK(errorUnder(mode).code == ProblemCode::PortalNonsense);
    }
    for (const char* mode : {"drop", "reset", "truncated", "html502"}) {
        CAPTURE(mode);
        CHECK(errorUnder(mode).code == ProblemCode::PortalUnreachable);
    }
    for (const char* mode : {"html503", "busy"}) {
        CAPTURE(mode);
        CHECK(errorUnder(mode).code == ProblemCode::PortalMaintenance);
    }
}

TEST_CASE("an answer beyond the bound is given up") {
    PortalOptions options;
    options.http.maximumAnswerBytes = 100'000;
    PortalWorld world({}, options);
    REQUIRE(world.registry().user(1).ok());
    world.fault({{"mode", "hugeBody"}, {"size", 10'000'000}, {"path", "/api/users/1"}});
    CHECK(world.registry().user(1).error().code == ProblemCode::PortalNonsense);
}

TEST_CASE("answers in chunks, late, with code 200 or with the wrong type are answers") {
    PortalWorld world;
    for (const char* mode : {"chunked", "legacyZero", "wrongContentType"}) {
        CAPTURE(mode);
        world.fault({{"mode", mode}});
        CHECK(world.registry().user(1).ok());
    }
}

TEST_CASE("changes and removals whose answer breaks off are unknown as well") {
    PortalWorld world;
    const auto added = world.tryToAttach(attachment(1, certificatesOf(kPerson)));
    REQUIRE(added.ok());
    const std::int64_t id = added.value().added.at(0).id;
    world.fault({{"mode", "drop"}, {"path", "/api/users/smart-ca/update"}});
    CHECK(world.registry().change(id, {.name = "x", .isDefault = {}}, wallClock(), {}).error().code ==
          ProblemCode::OutcomeUnknown);
    world.fault({{"mode", "drop"}, {"path", "/api/users/smart-ca/delete"}});
    CHECK(world.registry().remove(id, {}).error().code == ProblemCode::OutcomeUnknown);
    CHECK(world.asked("/smart-ca/delete").size() == 1);
}

TEST_CASE(
    "a name taken back is audited as the certificate's own, which it gets, also where no answer comes") {
    PortalWorld world;
    const auto added = world.tryToAttach(attachment(1, certificatesOf(kPerson)));
    REQUIRE(added.ok());
    const std::int64_t id = added.value().added.at(0).id;
    const std::string own = added.value().added.at(0).name;
    REQUIRE(world.registry().change(id, {.name = "Mới", .isDefault = {}}, wallClock(), {}).ok());
    world.fault({{"mode", "drop"}, {"path", "/api/users/smart-ca/update"}, {"count", 1}});
    REQUIRE_FALSE(world.registry().change(id, {.name = "", .isDefault = {}}, wallClock(), {}).ok());
    const auto log = world.auditLog();
    for (const auto& record : {log.at(log.size() - 2), log.back()}) {
        CHECK(record.name == own);
        CHECK(record.previousName == "Mới");
    }
}

TEST_CASE("a rename to the name that is shown already is not sent, and has no entry") {
    PortalWorld world;
    const auto added = world.tryToAttach(attachment(1, certificatesOf(kPerson)));
    REQUIRE(added.ok());
    const Certificate& one = added.value().added.at(0);
    const auto entries = world.auditLog().size();
    CHECK(world.registry().change(one.id, {.name = one.name + ' ', .isDefault = {}}, wallClock(), {}).ok());
    CHECK(world.asked("/smart-ca/update").empty());
    CHECK(world.auditLog().size() == entries);
}

TEST_CASE("a list shows what a change did of which no answer came, at once and when it is made late") {
    PortalWorld world;
    const auto added = world.tryToAttach(attachment(1, certificatesOf(kPerson)));
    REQUIRE(added.ok());
    const std::int64_t id = added.value().added.at(0).id;
    const auto listed = [&] { return world.registry().certificates({}).value().items; };
    REQUIRE(listed().size() == 1);
    world.fault({{"mode", "drop"}, {"path", "/api/users/smart-ca/update"}, {"count", 1}});
    REQUIRE_FALSE(world.registry().change(id, {.name = "Mới", .isDefault = {}}, wallClock(), {}).ok());
    CHECK(listed().at(0).name == "Mới");
    world.fault({{"mode", "dropUndone"}, {"path", "/api/users/smart-ca/delete"}, {"count", 1}});
    REQUIRE_FALSE(world.registry().remove(id, {}).ok());
    CHECK(listed().size() == 1);
    REQUIRE(world.portal().change("/api/users/smart-ca/delete", {{"id", id}, {"userId", 1}}).ok());
    CHECK(listed().empty());
}

namespace {

// Three certificates of user 1; the first of these two is the default.
struct ChangingWorld : PortalWorld {
    std::int64_t first = 0;
    std::int64_t second = 0;

    ChangingWorld() {
        const auto added = tryToAttach(attachment(1, certificatesOf(kCompany)));
        REQUIRE(added.ok());
        first = added.value().added.at(0).id;
        second = added.value().added.at(1).id;
        if (added.value().added.at(1).isDefault) std::swap(first, second);
    }
    // The outcomes of the last entries of the audit log.
    std::string audited(std::size_t last) const {
        std::string words;
        const auto log = auditLog();
        for (std::size_t at = log.size() - last; at < log.size(); ++at)
            words.append(words.empty() ? "" : " ").append(log[at].outcome);
        return words;
    }
};

}  // namespace

TEST_CASE("a change that the portal says it has made and does not show is not known, nor audited as made") {
    ChangingWorld world;
    world.quirk("ignoresChanges", true);
    for (const bool withoutList : {false, true}) {
        CAPTURE(withoutList);
        world.quirk("answersWithoutList", withoutList);
        const auto errorOf = [&](const CertificateChange& change) {
            return world.registry().change(world.second, change, wallClock(), {}).error().code;
        };
        CHECK(errorOf({.name = "Mới", .isDefault = {}}) == ProblemCode::OutcomeUnknown);
        CHECK(errorOf({.name = {}, .isDefault = true}) == ProblemCode::OutcomeUnknown);
        CHECK(world.registry().remove(world.second, {}).error().code == ProblemCode::OutcomeUnknown);
        CHECK(world.audited(6) == "sent unknown sent unknown sent unknown");
    }
}

TEST_CASE("a change that shows in the second look is made, though the first one lagged behind") {
    ChangingWorld world;
    world.control("/sandbox/econtract", Json{{"answersWithoutList", true}, {"staleReads", 1}});
    CHECK(world.registry()
              .change(world.second, {.name = "Mới", .isDefault = true}, wallClock(), {})
              .value()
              .name == "Mới");
    CHECK(world.registry().remove(world.first, {}).ok());
    CHECK(world.registry().certificates({.now = wallClock()}).value().totalCount == 2);
    CHECK(world.audited(6) == "sent sent changed changed sent removed");
}

TEST_CASE("an add that the portal had too much to do for was not made, and its key is free again") {
    PortalWorld world;
    world.fault({{"mode", "status429"}, {"path", kAdd}, {"count", 1}});
    const auto key = freshKey();
    const auto wanted = attachment(1, certificatesOf(kPerson));
    const auto busy = create(world.registry(), world.journal(), key, wanted);
    CHECK(busy.error().code == ProblemCode::PortalBusy);
    CHECK(busy.error().message == "Too many requests");
    CHECK(busy.error().retryAfterSeconds == 30);
    world.journal().leave(key);
    CHECK(create(world.registry(), world.journal(), key, wanted).ok());
}

}  // namespace smartca::econtract
