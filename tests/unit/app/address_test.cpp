// What the address tells of the page, what "back" does, and what is asked before the page is left.
#include <doctest/doctest.h>

#include "script.h"
#include "web/app/address.h"

using namespace smartca;
using namespace smartca::app;

namespace {

Script startedAt(std::string address) {
    Script script(Opening::Page, Script::Loading::Pending);
    Started started;
    started.locale = Locale::English;
    started.now = 1'795'334'640;
    started.address = std::move(address);
    script.happen(started);
    return script;
}

const ShowAddress& shown(const Script& script) {
    REQUIRE(script.effect<ShowAddress>());
    return *script.effect<ShowAddress>();
}

void fillList(Script& script) {
    CertificatePage page;
    page.items = {listed(11, "First"), listed(12, "Second")};
    page.totalCount = page.allCount = 25;
    script.press(ControlKind::RetryList);
    script.answer("certificates?", 200, bodyOf(page));
}

}  // namespace

TEST_CASE("filters and page stand in the address, and an address brings them back") {
    Script script;
    fillList(script);
    script.type(ControlKind::FilterSearch, "nguyễn & co");
    script.fire(Timer::FilterSearch);
    CHECK(shown(script).page == "search=nguy%E1%BB%85n%20%26%20co");
    CHECK(shown(script).step == AddressStep::New);
    script.press(ControlKind::FilterStatus);
    script.press(ControlKind::FilterStatusOption, 2);
    CHECK(shown(script).step == AddressStep::New);
    script.press(ControlKind::FilterType);
    script.press(ControlKind::FilterTypeOption, 2);
    script.type(ControlKind::FilterValidFrom, "1/2/2026");
    script.fire(Timer::FilterSearch);
    script.press(ControlKind::NextPage);
    const std::string address =
        "search=nguy%E1%BB%85n%20%26%20co&type=business&status=expired&from=2026-02-01&page=2";
    CHECK(shown(script).page == address);
    CHECK(shown(script).step == AddressStep::New);

    Script other = startedAt(address);
    CHECK(other.state.list.search == "nguyễn & co");
    CHECK(other.state.list.type.selected == 2);
    CHECK(other.state.list.status.selected == 2);
    CHECK(other.state.list.validFrom == "01/02/2026");
    CHECK(other.request("certificates?").path == script.request("certificates?").path);
    CHECK(shown(other).page == address);
}

TEST_CASE("nothing that happens before the start makes an address, which would be the one still to be read") {
    State state;
    for (const Effect& effect : update(state, LayoutChosen{Layout::Plain}).effects)
        CHECK_FALSE(std::holds_alternative<ShowAddress>(effect));
}

TEST_CASE("what an address says that cannot be is left aside") {
    for (const char* address : {"page=0", "page=x&status=none", "type=&status=", "user=-1", "from=2026-02-30",
                                "ids=1,x", "%%%", "search=%FF", "search=%00", "certificate=0", "certificate",
                                "=&&=", "xsearch=a", "page=1001", "page=99999999999999999999"}) {
        CAPTURE(address);
        Script script = startedAt(address);
        CHECK(script.request("certificates?").path == "certificates?page=1&pageSize=10");
        CHECK_FALSE(script.state.details);
        CHECK(shown(script).page.empty());
    }
}

TEST_CASE(
    "a user in the address is named by the proxy; that one whom it does not know filters nothing is said") {
    Script script = startedAt("user=7");
    CHECK(script.request("certificates?").path == "certificates?userId=7&page=1&pageSize=10");
    script.answer("users/7", 200, bodyOfUser(userNamed(7, "Nguyễn Văn A")));
    CHECK(script.state.list.user.text == "Nguyễn Văn A");
    CHECK(pageAddress(script.state.list) == "user=7");

    Script other = startedAt("user=8");
    other.fail("users/8", ProblemCode::NotFound);
    CHECK_FALSE(other.state.list.chosenUser);
    CHECK(other.request("certificates?").path == "certificates?page=1&pageSize=10");
    CHECK(shown(other).page.empty());
    REQUIRE(other.state.notices.size() == 1);
    CHECK(other.state.notices.front().title == text(other.state.locale, Message::FilterUserUnknownTitle));
}

TEST_CASE("the name of a user by whom the list is filtered no longer is not awaited, however that ended") {
    Script script = startedAt("user=7");
    SUBCASE("cleared") {
        script.press(ControlKind::FilterReset);
    }
    SUBCASE("all are shown") {
        script.press(ControlKind::ShowAll);
    }
    SUBCASE("another user was chosen") {
        script.enter(ControlKind::FilterUser);
        script.type(ControlKind::FilterUser, "B");
        script.fire(Timer::UserSearch);
        script.answer("users?", 200, bodyOf(std::vector<User>{userNamed(2, "Trần Thị B")}));
        script.press(ControlKind::FilterUserOption, 0);
        CHECK(pageAddress(script.state.list) == "user=2");
    }
    CHECK_FALSE(script.waitsFor("users/7"));
}

TEST_CASE("a filter by a user whose name does not come stays when its field is passed through") {
    Script script = startedAt("user=7");
    script.fail("users/7", ProblemCode::Unavailable);
    script.press(ControlKind::FilterUser);
    script.leave(ControlKind::FilterUser);
    CHECK(pageAddress(script.state.list) == "user=7");
}

TEST_CASE("days in the address that exclude each other are marked as if they had been typed") {
    const Script script = startedAt("from=2026-01-01&to=2025-12-31");
    CHECK(script.state.list.validToFault == DayFault::BeforeFirst);
}

TEST_CASE("an open certificate stands in the address, and an address opens it") {
    Script script;
    fillList(script);
    script.press(ControlKind::RowMenu, 1);
    script.press(ControlKind::RowDetails);
    CHECK(shown(script).open == "certificate=12");
    CHECK(shown(script).layers == 1);
    script.press(ControlKind::DetailsClose);
    CHECK(shown(script).open.empty());
    CHECK(shown(script).layers == 0);

    Script other = startedAt("status=active&certificate=12");
    REQUIRE(other.state.details);
    CHECK(other.waitsFor("certificates/12/details"));
    CHECK(other.state.list.status.selected == 1);
    other.fail("certificates/12/details", ProblemCode::CertificateGone);
    CHECK_FALSE(other.state.details);
    CHECK(other.state.notices.size() == 1);
}

TEST_CASE("an address that is written over an open certificate's opens its own") {
    Script script = startedAt("certificate=12");
    REQUIRE(script.state.details);
    script.happen(WentBack{0, "certificate=11"});
    REQUIRE(script.state.details);
    CHECK(script.state.details->certificate.id == 11);
}

TEST_CASE("back closes what lies on top, asking what Escape asks, and tells the browser where we are") {
    Script script;
    script.open();
    CHECK(script.state.place.layers == 1);
    script.type(ControlKind::Identity, "0010");
    script.happen(WentBack{0, ""});
    CHECK(script.state.confirm.question == Question::DiscardDraft);
    CHECK(shown(script).layers == 2);
    script.happen(WentBack{1, ""});
    CHECK(script.state.confirm.question == Question::None);
    CHECK(script.state.dialog);
    CHECK(shown(script).layers == 1);
    script.happen(WentBack{0, ""});
    script.press(ControlKind::ConfirmAccept);
    CHECK_FALSE(script.state.dialog);
    CHECK(shown(script).layers == 0);
}

TEST_CASE("a search is one step of the way back, however often the hand that types it pauses") {
    Script script;
    fillList(script);
    script.press(ControlKind::NextPage);
    for (const auto& [typed, step] :
         {std::pair{"ha", AddressStep::New}, {"hang", AddressStep::Same}, {"hangar", AddressStep::Same}}) {
        script.type(ControlKind::FilterSearch, typed);
        script.fire(Timer::FilterSearch);
        CHECK(shown(script).step == step);
    }
    script.leave(ControlKind::FilterSearch);
    script.type(ControlKind::FilterSearch, "hanoi");
    script.fire(Timer::FilterSearch);
    CHECK(shown(script).step == AddressStep::New);
    script.happen(WentBack{0, ""});  // the field has the focus still
    script.type(ControlKind::FilterSearch, "hue");
    script.fire(Timer::FilterSearch);
    CHECK(shown(script).step == AddressStep::New);
}

TEST_CASE("what back brings to the list is heard") {
    Script script;
    fillList(script);
    script.press(ControlKind::FilterStatus);
    script.press(ControlKind::FilterStatusOption, 2);
    script.answer("certificates?", 200, bodyOf(std::vector<Certificate>{}));
    CertificatePage page;
    page.items = {listed(11, "A"), listed(12, "B")};
    page.totalCount = page.allCount = 25;
    script.happen(WentBack{0, ""});
    script.answer("certificates?", 200, bodyOf(page));
    CHECK(script.announced("25 certificates"));
}

TEST_CASE("back goes through the filters, and forward opens no dialog out of nothing") {
    Script script;
    script.press(ControlKind::FilterStatus);
    script.press(ControlKind::FilterStatusOption, 2);
    script.happen(WentBack{0, ""});
    CHECK(script.state.list.status.selected == 0);
    CHECK(script.request("certificates?").path == "certificates?page=1&pageSize=10");
    script.happen(WentBack{0, "status=expired"});
    CHECK(script.state.list.status.selected == 2);
    const int lists = script.requests("certificates?");
    script.happen(WentBack{1, "status=expired"});  // where a dialog had been open
    CHECK_FALSE(script.state.dialog);
    CHECK(shown(script).layers == 0);
    CHECK(script.requests("certificates?") == lists);
    script.happen(WentBack{1, "status=expired&certificate=12"});
    CHECK(script.state.details);
}

TEST_CASE("the browser asks before the page is left while something was entered, or a create goes on") {
    Script script;
    script.open();
    CHECK_FALSE(script.state.place.guards);
    script.type(ControlKind::Identity, "0010");
    REQUIRE(script.effect<GuardLeaving>());
    CHECK(script.effect<GuardLeaving>()->guards);
    script.type(ControlKind::Identity, "");
    REQUIRE(script.effect<GuardLeaving>());
    CHECK_FALSE(script.effect<GuardLeaving>()->guards);

    Script sending;
    sending.fill();
    sending.press(ControlKind::Submit);
    sending.press(ControlKind::DialogClose);
    CHECK(sending.state.place.guards);
    CreateAnswer answer;
    answer.added = {listed(11, "A")};
    sending.answer("certificates", 201, bodyOf(answer));
    CHECK_FALSE(sending.state.place.guards);
}

TEST_CASE("the dialog in a portal tells of no address") {
    Script script(Opening::Dialog);
    script.open();
    CHECK_FALSE(script.effect<ShowAddress>());
    script.type(ControlKind::Identity, "0010");
    CHECK_FALSE(script.effect<ShowAddress>());
    CHECK(script.effect<GuardLeaving>());
}
