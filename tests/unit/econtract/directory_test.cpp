// The list of all certificates is put together from the users who have them: what is told where not all of them can be
// read.
#include <atomic>
#include <thread>

#include "worlds.h"

namespace smartca::econtract {
namespace {

// The value: the row's id.
std::int64_t attachTo(PortalWorld& world, UserId user) {
    const auto attached = world.tryToAttach(attachment(user, certificatesOf(kPerson)));
    REQUIRE(attached.ok());
    return attached.value().added.at(0).id;
}

}  // namespace

TEST_CASE("one user at whom the portal fails costs nobody else the list, and is named in the log") {
    for (const char* mode : {"status500", "nullData", "garbage", "html502", "status429"}) {
        CAPTURE(mode);
        PortalWorld world;
        attachTo(world, 1);
        attachTo(world, 3);
        world.fault({{"mode", mode}, {"path", "/api/users/2"}});
        const auto page = world.registry().certificates({.now = wallClock()});
        REQUIRE(page.ok());
        CHECK(page.value().items.size() == 2);
        CHECK_FALSE(page.value().complete);
        REQUIRE_FALSE(world.notes.empty());
        CHECK(world.notes.back().find("of user 2") != std::string::npos);
    }
}

TEST_CASE("a portal that fails at every user has no list") {
    PortalWorld world;
    REQUIRE(world.registry().users({}).ok());
    world.fault({{"mode", "status500"}, {"path", "/api/users/"}});
    CHECK(world.registry().certificates({.now = wallClock()}).error().code == ProblemCode::PortalFailed);
}

TEST_CASE("a portal that soon has enough of the questions is read to the end bit by bit") {
    RegistryOptions options;
    options.directory.fresh = std::chrono::milliseconds(0);
    options.directory.readers = 1;
    PortalWorld world(std::move(options));
    REQUIRE(world.portal().change(kAdd, {{"userId", 3}, {"userName", kPerson}, {"serialNumber", ""}}).ok());
    world.fault({{"mode", "status429"}, {"path", "/api/users/2"}, {"count", 1}});
    CHECK(world.registry().certificates({.now = wallClock()}).value().items.empty());
    world.fault({{"mode", "status429"}, {"path", "/api/users/1"}, {"count", 1}});
    CHECK(world.registry().certificates({.now = wallClock()}).value().items.size() == 1);
}

TEST_CASE("a crowd that asks for the list while it is being put together does not all wait for it") {
    PortalWorld world;
    attachTo(world, 1);
    world.fault({{"mode", "delay"}, {"path", "/api/users/"}, {"milliseconds", 1'500}});
    std::atomic<int> complete{0}, told{0};
    {
        std::vector<std::jthread> crowd;
        for (int i = 0; i < 12; ++i)
            crowd.emplace_back([&] {
                const auto page = world.registry().certificates({.now = wallClock()});
                told += page.ok() ? 1 : 0;
                complete += page.ok() && page.value().complete ? 1 : 0;
            });
    }
    CHECK(told == 12);
    CHECK(complete == 4);  // who puts it together, and three who wait
}

TEST_CASE("users are asked for until as many have come as there are, whatever is said of another page") {
    PortalWorld world;
    world.quirk("maximumPageSize", 2);
    world.quirk("omitsNextPage", true);
    attachTo(world, 3);
    const auto page = world.registry().certificates({.now = wallClock()});
    CHECK(page.value().items.size() == 1);
    CHECK(page.value().complete);
}

TEST_CASE("fewer users than there are said to be are not all") {
    PortalWorld world;
    attachTo(world, 3);
    const Json data = {{"items", {{{"id", 1}}}}, {"totalCount", 3}, {"hasNextPage", false}};
    world.fault({{"mode", "answer"},
                 {"path", "/api/users"},
                 {"count", 1},
                 {"http", 200},
                 {"body", {{"data", data}, {"success", true}, {"code", 0}}}});
    CHECK_FALSE(world.registry().certificates({.now = wallClock()}).value().complete);
}

TEST_CASE("a list of all certificates that could not look at every user says so") {
    RegistryOptions options;
    options.directory.maximumUsers = 2;
    PortalWorld world(std::move(options));
    attachTo(world, 1);
    const auto page = world.registry().certificates({.now = wallClock()});
    REQUIRE(page.ok());
    CHECK_FALSE(page.value().complete);
    CHECK(page.value().totalCount == 1);
    CHECK(world.registry().certificates({.userId = 3, .now = wallClock()}).value().complete);
}

TEST_CASE("a certificate of a user whom nobody looked at is not told as gone, whatever is asked of it") {
    RegistryOptions options;
    options.directory.maximumUsers = 2;
    PortalWorld world(std::move(options));
    // Past the registry, which has not seen it: as after a start anew.
    REQUIRE(world.portal().change(kAdd, {{"userId", 3}, {"userName", kPerson}, {"serialNumber", ""}}).ok());
    const std::int64_t id = world.portal().user(3).value().certificates.at(0).id;
    CHECK(world.registry().remove(id, {}).error().code == ProblemCode::Unavailable);
    CHECK(world.registry().certificate(id, wallClock()).error().code == ProblemCode::Unavailable);
    REQUIRE(world.registry().certificates({.userId = 3, .now = wallClock()}).value().items.size() == 1);
    CHECK(world.registry().remove(id, {}).ok());
    CHECK(world.registry().remove(id, {}).error().code == ProblemCode::CertificateGone);
}

TEST_CASE("what a user has whom the portal refuses to show is not told as absent") {
    PortalWorld world;
    const std::int64_t id = attachTo(world, 3);
    world.fault({{"mode", "answer"},
                 {"path", "/api/users/3"},
                 {"http", 200},
                 {"body", {{"success", false}, {"code", 403}, {"messages", {"Không có quyền"}}}}});
    const auto isRefused = [](const auto& answer) {
        REQUIRE_FALSE(answer.ok());
        CHECK(answer.error().code == ProblemCode::PortalRefused);
        CHECK(answer.error().message == "Không có quyền");
    };
    isRefused(world.registry().certificate(id, wallClock()));
    isRefused(world.registry().remove(id, {}));
    for (const registry::CertificateQuery& query :
         {registry::CertificateQuery{.userId = 3}, {.owners = {1, 3}}, {}})
        CHECK_FALSE(world.registry().certificates(query).value().complete);
}

TEST_CASE("a certificate whose user comes without certificates is not told as gone") {
    PortalWorld world;
    const std::int64_t id = attachTo(world, 1);
    const Json user = {{"id", 1}, {"name", "Nguyễn Văn A"}};
    world.fault({{"mode", "answer"},
                 {"path", "/api/users/1"},
                 {"http", 200},
                 {"body", {{"data", user}, {"success", true}, {"code", 0}}}});
    CHECK(world.registry().remove(id, {}).error().code == ProblemCode::PortalNonsense);
}

TEST_CASE("what cannot be read of a user's certificates is not told as absent") {
    PortalWorld world;
    const auto answering = [&](const Json& certificates) {
        const Json user = {{"id", 1}, {"name", "Nguyễn Văn A"}, {"userCertificates", certificates}};
        world.fault({{"mode", "answer"},
                     {"path", "/api/users/1"},
                     {"http", 200},
                     {"body", {{"data", user}, {"success", true}, {"code", 0}}}});
        auto page = world.registry().certificates({.userId = 1, .now = wallClock()});
        REQUIRE(page.ok());
        return std::move(page).value();
    };
    const auto blank = answering({{{"id", 7}, {"commonName", "A"}, {"serialNumber", nullptr}}});
    CHECK(blank.complete);
    REQUIRE(blank.items.size() == 1);
    CHECK(blank.items[0].id == 7);
    CHECK(blank.items[0].serial.empty());
    CHECK_FALSE(answering({{{"commonName", "A"}, {"serialNumber", "5401"}}}).complete);
    CHECK_FALSE(answering(nullptr).complete);
    CHECK(answering(Json::array()).complete);
}

TEST_CASE("a user whom the portal lists in a way that cannot be read leaves the list incomplete") {
    PortalWorld world;
    world.fault(
        {{"mode", "answer"},
         {"path", "/api/users"},
         {"http", 200},
         {"body", {{"data", {{"items", {nullptr}}, {"totalCount", 1}}}, {"success", true}, {"code", 0}}}});
    const auto page = world.registry().certificates({.now = wallClock()});
    REQUIRE(page.ok());
    CHECK_FALSE(page.value().complete);
    CHECK(world.registry().users({}).value().totalCount == 1);
}

TEST_CASE("the portal's smaller pages are walked to the end, and told to who pages") {
    PortalWorld world;
    world.quirk("maximumPageSize", 2);
    attachTo(world, 3);
    CHECK(world.registry().certificates({.now = wallClock()}).value().complete);
    CHECK(world.registry().certificates({.now = wallClock()}).value().totalCount == 1);
    CHECK(world.registry().users({.search = "", .page = 1, .pageSize = 100}).value().pageSize == 2);
}

}  // namespace smartca::econtract
