// The page: starting, loading, filtering, paging.
#include <doctest/doctest.h>

#include "script.h"
#include "web/app/list.h"

using namespace smartca;
using namespace smartca::app;

namespace {

CertificatePage pageOf(int rows, std::int64_t total) {
    CertificatePage page;
    for (int i = 0; i < rows; ++i)
        page.items.push_back(listed(i + 1, "row " + std::to_string(i)));
    page.totalCount = page.allCount = total;
    return page;
}

}  // namespace

TEST_CASE("the page asks for the session and the list at once") {
    Script script(Opening::Page, Script::Loading::Pending);
    CHECK(script.waitsFor("session"));
    CHECK(script.request("certificates").path == "certificates?page=1&pageSize=10");
    CHECK(script.state.list.certificates.phase == Phase::Loading);
}

TEST_CASE("inside a portal only the session is asked for, and the dialog opens when the portal says so") {
    Script script(Opening::Dialog);
    CHECK(script.requests("certificates") == 0);
    script.press(ControlKind::OpenCreate);
    CHECK_FALSE(script.state.dialog);
    script.happen(OpenRequested{});
    CHECK(script.state.dialog);
}

TEST_CASE("rows are counted in the words that their number has") {
    CertificatePage page = pageOf(10, 1001);
    page.page = 1000;
    page.pageSize = 10;
    CHECK(rangeWords(Locale::English, page) == "9,991–10,000 of more than 1,000");
    CHECK(rangeWords(Locale::Vietnamese, page) == "9.991–10.000 trên hơn 1.000");
}

TEST_CASE("times are compared by the proxy's clock, not the visitor's") {
    Script script(Opening::Page, Script::Loading::Pending);
    Session session;
    session.now = 2'000'000'000;
    script.happen(ClockRead{1'000'000'000, 1});
    script.answer("session", 200, bodyOf(session));
    CHECK(script.state.now == 2'000'000'000);
    script.happen(ClockRead{1'000'000'060, 61});
    CHECK(script.state.now == 2'000'000'060);
}

TEST_CASE("a page that nobody touches is looked at again when the day ends in Vietnam") {
    Script script(Opening::Page, Script::Loading::Pending);
    Session session;
    session.now = 1'795'366'800 - 90;  // 22/11/2026 23:58:30 in Vietnam
    script.answer("session", 200, bodyOf(session));
    const auto* timer = script.effect<StartTimer>();
    REQUIRE(timer);
    CHECK(timer->timer == Timer::NewDay);
    CHECK(timer->milliseconds == 90'000);
    script.happen(ClockRead{script.state.now - script.state.clockAhead + 90, 90});
    script.fire(Timer::NewDay);
    CHECK(script.effect<StartTimer>()->milliseconds == 24 * 3'600'000);
}

TEST_CASE("a clock is wrong only by what the way of the answer does not explain") {
    const auto aheadAfter = [](Instant served, Instant age) {
        Script script(Opening::Page, Script::Loading::Pending);
        const Instant now = script.state.now;
        script.happen(ClockRead{now, 40});
        Session session;
        session.now = now + served;
        script.happen(Answered{script.state.session.request, 200, bodyOf(session), age});
        CHECK(script.state.now == now + script.state.clockAhead);
        return script.state.clockAhead;
    };
    CHECK(aheadAfter(-25, 25) == 0);
    CHECK(aheadAfter(-90, 25) == -65);
    CHECK(aheadAfter(60, 25) == 60);
}

TEST_CASE("the proxy's clock is asked again once the visitor's has been set, and not because time passes") {
    Script script(Opening::Page, Script::Loading::Pending);
    Session session;
    session.now = 2'000'000'000;
    script.happen(ClockRead{1'000'000'000, 1});
    script.answer("session", 200, bodyOf(session));
    script.happen(ClockRead{1'000'009'000, 9'001});
    CHECK_FALSE(script.waitsFor("session"));
    script.happen(ClockRead{1'000'005'401, 9'002});
    REQUIRE(script.waitsFor("session"));
    session.now = 2'000'009'001;
    script.answer("session", 200, bodyOf(session));
    CHECK(script.state.now == 2'000'009'001);
}

TEST_CASE("a list that fails says why and keeps its old rows, and trying again asks for what failed") {
    Script script;
    script.type(ControlKind::FilterSearch, "a");
    script.fire(Timer::FilterSearch);
    script.answer("certificates", 200, bodyOf(pageOf(2, 2)));
    script.type(ControlKind::FilterSearch, "ab");
    script.fire(Timer::FilterSearch);
    CHECK(script.state.list.certificates.value.items.size() == 2);
    script.fail("certificates", ProblemCode::Unavailable);
    CHECK(script.state.list.certificates.phase == Phase::Failed);
    CHECK(script.state.list.certificates.problem.requestId == "7f3a-91c2");
    CHECK(script.state.list.certificates.value.items.size() == 2);
    CHECK(script.state.list.stale);
    CHECK(script.announced("The list could not be read again."));
    const int sessions = script.requests("session");
    script.enter(ControlKind::RetryList);
    script.press(ControlKind::RetryList);
    CHECK(script.state.list.stale);  // the words stay until the rows come, so that nothing moves twice
    CHECK(script.request("certificates").path == "certificates?search=ab&page=1&pageSize=10");
    CHECK(script.requests("session") == sessions);
    script.answer("certificates", 200, bodyOf(pageOf(2, 2)));
    CHECK_FALSE(script.state.list.stale);
    CHECK(script.focused(ControlKind::FilterSearch));
    CHECK(script.announced("2 certificates"));
}

TEST_CASE("that not everything could be read is heard with what was found") {
    for (const int found : {0, 2}) {
        Script script;
        script.type(ControlKind::FilterSearch, "zzz");
        script.fire(Timer::FilterSearch);
        CertificatePage page = pageOf(found, found);
        page.complete = false;
        script.answer("certificates", 200, bodyOf(page));
        CHECK(script.announced(found == 0 ? "No certificate matches. Not everything could be read"
                                          : "2 certificates. Not everything could be read"));
    }
}

TEST_CASE("the first list that fails has nothing to keep") {
    Script script(Opening::Page, Script::Loading::Pending);
    script.fail("certificates", ProblemCode::Unavailable);
    CHECK(script.state.list.certificates.phase == Phase::Failed);
    CHECK_FALSE(script.state.list.stale);
}

TEST_CASE("when the session failed as well, trying again asks for both") {
    Script script(Opening::Page, Script::Loading::Pending);
    script.answer("session", 0, "");
    script.answer("certificates", 0, "");
    CHECK(script.state.session.phase == Phase::Failed);
    CHECK(script.state.session.problem.origin == Origin::NoConnection);
    script.press(ControlKind::RetryList);
    CHECK(script.waitsFor("session"));
    CHECK(script.waitsFor("certificates"));
}

TEST_CASE(
    "words typed into the search are sent once the typing pauses, and older answers are not waited for") {
    Script script;
    script.type(ControlKind::FilterSearch, "nguyễn");
    CHECK_FALSE(script.waitsFor("certificates"));
    CHECK(script.effect<StartTimer>()->milliseconds == 300);
    script.fire(Timer::FilterSearch);
    const RequestNumber first = script.request("certificates").number;
    CHECK(script.request("certificates").path == "certificates?search=nguy%E1%BB%85n&page=1&pageSize=10");
    script.type(ControlKind::FilterSearch, "nguyễn v");
    script.fire(Timer::FilterSearch);
    REQUIRE(script.effect<CancelRequest>());
    CHECK(script.effect<CancelRequest>()->number == first);
    script.happen(Answered{first, 200, bodyOf(pageOf(3, 3))});
    CHECK(script.state.list.certificates.phase == Phase::Loading);
    CHECK(script.state.list.certificates.value.items.empty());
    script.answer("certificates", 200, bodyOf(pageOf(1, 1)));
    CHECK(script.announced("1 certificate"));
}

TEST_CASE("a pasted page of text is searched for by its first hundred characters") {
    Script script;
    std::string pasted = "\ttab\x01";
    for (int i = 0; i < 500; ++i)
        pasted += "ễ";
    script.type(ControlKind::FilterSearch, pasted);
    script.fire(Timer::FilterSearch);
    std::string expected = "certificates?search=tab%20";
    for (int i = 0; i < 95; ++i)
        expected += "%E1%BB%85";
    CHECK(script.request("certificates").path == expected + "&page=1&pageSize=10");
}

TEST_CASE("type and status are chosen with the keyboard alone") {
    Script script;
    CHECK_FALSE(script.key(ControlKind::FilterType, Key::Enter));
    CHECK(script.key(ControlKind::FilterType, Key::ArrowDown));
    CHECK(script.state.list.type.list == Visibility::Shown);
    CHECK(script.key(ControlKind::FilterType, Key::ArrowDown));
    CHECK(script.key(ControlKind::FilterType, Key::ArrowDown));
    CHECK(script.state.list.type.active == 2);
    CHECK(script.key(ControlKind::FilterType, Key::ArrowDown));
    CHECK(script.state.list.type.active == 2);
    CHECK(script.key(ControlKind::FilterType, Key::Enter));
    CHECK(script.state.list.type.list == Visibility::Hidden);
    CHECK(script.request("certificates").path == "certificates?type=business&page=1&pageSize=10");

    script.press(ControlKind::FilterStatus);
    CHECK(script.key(ControlKind::FilterStatus, Key::End));
    CHECK(script.key(ControlKind::FilterStatus, Key::Escape));
    CHECK(script.state.list.status.selected == 0);
    script.press(ControlKind::FilterStatus);
    script.press(ControlKind::FilterStatusOption, 1);
    CHECK(script.request("certificates").path ==
          "certificates?type=business&status=active&page=1&pageSize=10");
}

TEST_CASE("Tab and leaving close a choice and choose nothing") {
    Script script;
    const int before = script.requests("certificates");
    script.press(ControlKind::FilterType);
    script.key(ControlKind::FilterType, Key::ArrowDown);
    CHECK_FALSE(script.key(ControlKind::FilterType, Key::Tab));
    CHECK(script.state.list.type.list == Visibility::Hidden);
    script.press(ControlKind::FilterType);
    script.key(ControlKind::FilterType, Key::ArrowDown);
    script.leave(ControlKind::FilterType);
    CHECK(script.state.list.type.list == Visibility::Hidden);
    CHECK(script.state.list.type.selected == 0);
    CHECK(script.requests("certificates") == before);
}

TEST_CASE("a day filters as soon as it is one, and is called wrong only when it is left as none") {
    Script script;
    script.type(ControlKind::FilterValidFrom, "1/2");
    CHECK_FALSE(script.runs(Timer::FilterSearch));
    CHECK(script.state.list.validFromFault == DayFault::None);
    script.leave(ControlKind::FilterValidFrom);
    CHECK(script.state.list.validFromFault == DayFault::NoDay);
    CHECK(script.announced("This is no day."));
    script.type(ControlKind::FilterValidFrom, "1/2/2026");
    CHECK(script.state.list.validFromFault == DayFault::None);
    script.type(ControlKind::FilterValidTo, " 2026-12-31 ");
    script.fire(Timer::FilterSearch);
    CHECK(script.request("certificates").path ==
          "certificates?validFrom=2026-02-01&validTo=2026-12-31&page=1&pageSize=10");
    script.leave(ControlKind::FilterValidTo);
    CHECK(script.state.list.validFrom == "01/02/2026");
    CHECK(script.state.list.validTo == "31/12/2026");
}

TEST_CASE("what is no day any more filters nothing, and does not go on to count as the day it was") {
    Script script;
    script.type(ControlKind::FilterValidFrom, "1/2/2026");
    script.fire(Timer::FilterSearch);
    CHECK(script.request("certificates").path == "certificates?validFrom=2026-02-01&page=1&pageSize=10");
    script.type(ControlKind::FilterValidFrom, "today");
    CHECK(script.runs(Timer::FilterSearch));
    script.fire(Timer::FilterSearch);
    CHECK(script.request("certificates").path == "certificates?page=1&pageSize=10");
    script.leave(ControlKind::FilterValidFrom);
    CHECK(script.state.list.validFromFault == DayFault::NoDay);
    CHECK(script.state.list.validFrom == "today");
}

TEST_CASE("a last day before the first is told, until one of them fits, and Enter asks as leaving does") {
    Script script;
    script.type(ControlKind::FilterValidTo, "31/12/2025");
    script.leave(ControlKind::FilterValidTo);
    script.type(ControlKind::FilterValidFrom, "1/1/2026");
    CHECK(script.state.list.validToFault == DayFault::None);
    script.key(ControlKind::FilterValidFrom, Key::Enter);
    CHECK(script.state.list.validFromFault == DayFault::None);
    CHECK(script.state.list.validToFault == DayFault::BeforeFirst);
    script.type(ControlKind::FilterValidFrom, "1/1/2025");
    script.leave(ControlKind::FilterValidFrom);
    CHECK(script.state.list.validToFault == DayFault::None);
    script.type(ControlKind::FilterValidTo, "31/02/2026");
    script.key(ControlKind::FilterValidTo, Key::Enter);
    CHECK(script.state.list.validToFault == DayFault::NoDay);
}

TEST_CASE("the reset button in the place of the rows leaves the focus where one goes on") {
    Script script;
    script.type(ControlKind::FilterSearch, "nobody");
    script.press(ControlKind::FilterReset, 1);
    CHECK_FALSE(isFiltered(script.state.list));
    REQUIRE(script.effect<MoveFocus>());
    CHECK(script.effect<MoveFocus>()->control == Control{ControlKind::FilterSearch});
}

TEST_CASE("the user filter offers all users first, then those found") {
    Script script;
    script.press(ControlKind::FilterUser);
    script.answer("users", 200, bodyOf({userNamed(7, "An"), userNamed(8, "Bình")}));
    script.key(ControlKind::FilterUser, Key::ArrowDown);
    CHECK(script.state.list.user.active == 0);
    script.key(ControlKind::FilterUser, Key::ArrowDown);
    script.key(ControlKind::FilterUser, Key::ArrowDown);
    CHECK(script.key(ControlKind::FilterUser, Key::Enter));
    CHECK(script.state.list.user.text == "Bình");
    CHECK(script.request("certificates").path == "certificates?userId=8&page=1&pageSize=10");
    script.press(ControlKind::FilterUser);
    script.press(ControlKind::FilterUserOption, 0);
    CHECK_FALSE(script.state.list.chosenUser);
    CHECK(script.request("certificates").path == "certificates?page=1&pageSize=10");
}

TEST_CASE("who is searched for in the user filter stands first: Down and Enter take them") {
    Script script;
    script.enter(ControlKind::FilterUser);
    script.type(ControlKind::FilterUser, "An");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf({userNamed(7, "An"), userNamed(8, "Anh")}));
    script.key(ControlKind::FilterUser, Key::ArrowDown);
    CHECK(script.key(ControlKind::FilterUser, Key::Enter));
    CHECK(script.state.list.user.text == "An");
    CHECK(script.request("certificates").path == "certificates?userId=7&page=1&pageSize=10");
}

TEST_CASE("Tab takes who Enter would take in the user filter, also where the search is still under way") {
    const auto tab = [](Script& script) {
        CHECK_FALSE(script.key(ControlKind::FilterUser, Key::Tab));  // which goes on to the next field
        script.leave(ControlKind::FilterUser);
    };
    const std::string found = bodyOf({userNamed(7, "An"), userNamed(8, "Anh")});
    Script script;
    script.enter(ControlKind::FilterUser);
    script.type(ControlKind::FilterUser, "an");
    SUBCASE("the first match") {
        script.fire(Timer::UserSearch);
        script.answer("users", 200, found);
        tab(script);
        CHECK(script.request("certificates").path == "certificates?userId=7&page=1&pageSize=10");
    }
    SUBCASE("who is highlighted") {
        script.fire(Timer::UserSearch);
        script.answer("users", 200, found);
        script.key(ControlKind::FilterUser, Key::ArrowDown);
        script.key(ControlKind::FilterUser, Key::ArrowDown);
        tab(script);
        CHECK(script.request("certificates").path == "certificates?userId=8&page=1&pageSize=10");
    }
    SUBCASE("the first match, when it comes") {
        tab(script);
        script.answer("users", 200, found);
        CHECK(script.state.list.user.text == "An");
        CHECK(script.request("certificates").path == "certificates?userId=7&page=1&pageSize=10");
    }
    SUBCASE("nobody, who does not come") {
        tab(script);
        script.answer("users", 200, bodyOf(std::vector<User>{}));
        CHECK(script.state.list.user.text.empty());
        CHECK(script.requests("certificates") == 1);
    }
    SUBCASE("nobody, since the search fails") {
        tab(script);
        script.fail("users", ProblemCode::Internal);
        CHECK(script.state.list.user.text.empty());
    }
    CHECK(script.state.list.user.list == Visibility::Hidden);
}

TEST_CASE("a name typed into the user filter without choosing anyone is taken back when the field is left") {
    Script script;
    script.type(ControlKind::FilterUser, "An");
    script.leave(ControlKind::FilterUser);
    CHECK(script.state.list.user.text.empty());
    CHECK_FALSE(script.runs(Timer::UserSearch));
}

TEST_CASE("no rows at all and no rows that match can be told apart") {
    Script script;
    CHECK_FALSE(isFiltered(script.state.list));
    script.type(ControlKind::FilterSearch, "zzz");
    script.fire(Timer::FilterSearch);
    CertificatePage none;
    none.allCount = 12;
    script.answer("certificates", 200, bodyOf(none));
    CHECK(isFiltered(script.state.list));
    CHECK(script.state.list.certificates.value.allCount == 12);
    CHECK(script.announced("No certificate matches"));
}

TEST_CASE("reset empties every filter and loads the first page again") {
    Script script;
    script.type(ControlKind::FilterSearch, "a");
    script.type(ControlKind::FilterValidFrom, "nonsense");
    script.leave(ControlKind::FilterValidFrom);
    script.press(ControlKind::FilterType);
    script.press(ControlKind::FilterTypeOption, 1);
    script.press(ControlKind::FilterReset);
    CHECK_FALSE(isFiltered(script.state.list));
    CHECK(script.state.list.validFromFault == DayFault::None);
    CHECK(script.request("certificates").path == "certificates?page=1&pageSize=10");
}

TEST_CASE("paging stays between the first page and the last") {
    Script script;
    script.press(ControlKind::RetryList);
    script.answer("certificates", 200, bodyOf(pageOf(10, 21)));
    script.press(ControlKind::PreviousPage);
    CHECK(script.last.effects.empty());
    script.press(ControlKind::NextPage);
    script.press(ControlKind::NextPage);
    CHECK(script.request("certificates").path == "certificates?page=3&pageSize=10");
    script.press(ControlKind::NextPage);
    CHECK(script.last.effects.empty());
    script.answer("certificates", 200, bodyOf(pageOf(0, 20)));  // the page's only row is gone meanwhile
    CHECK(script.request("certificates").path == "certificates?page=2&pageSize=10");
    CHECK(script.state.list.certificates.value.items.size() == 10);  // stay, and with them the focus
    CertificatePage page = pageOf(10, 20);
    page.page = 2;
    script.answer("certificates", 200, bodyOf(page));
    CHECK(script.announced("11–20 of 20"));
}

TEST_CASE("which rows a page has is said once it is there") {
    Script script;
    script.press(ControlKind::RetryList);
    script.answer("certificates", 200, bodyOf(pageOf(10, 21)));
    script.press(ControlKind::NextPage);
    CertificatePage page = pageOf(10, 21);
    page.page = 2;
    script.answer("certificates", 200, bodyOf(page));
    CHECK(script.announced("11–20 of 21"));
    script.press(ControlKind::NextPage);
    page = pageOf(1, 21);
    page.page = 3;
    script.answer("certificates", 200, bodyOf(page));
    CHECK(script.announced("21 of 21"));
}

TEST_CASE(
    "of a page that does not come it is shown where one looks, though the pager is far from the words") {
    Script script;
    script.press(ControlKind::RetryList);
    script.answer("certificates", 200, bodyOf(pageOf(10, 21)));
    script.press(ControlKind::NextPage);
    script.answer("certificates", 0, "");
    REQUIRE(script.effect<Reveal>());
    CHECK(script.effect<Reveal>()->control == Control{ControlKind::RetryList});
}

TEST_CASE("the last page that the proxy has does not look like the end of the list") {
    CertificatePage page = pageOf(10, 10'001);
    page.page = 1000;
    CHECK(rangeWords(Locale::English, page) == "9,991–10,000; search to see more");
    CHECK(rangeWords(Locale::Vietnamese, page) == "9.991–10.000; tìm kiếm để xem thêm");
    page.page = 999;
    CHECK(rangeWords(Locale::English, page) == "9,981–9,990 of more than 1,000");
    page.page = 1000;
    page.totalCount = 10'000;
    CHECK(rangeWords(Locale::English, page) == "9,991–10,000 of more than 1,000");
}

TEST_CASE("an absurd number of rows is survived, and no page asked for that the proxy does not have") {
    Script script;
    script.press(ControlKind::RetryList);
    script.answer("certificates", 200, bodyOf(pageOf(1, 9'223'372'036'854'775'807)));
    script.press(ControlKind::NextPage);
    CHECK(script.state.list.page == 2);
    CHECK(lastPage(script.state.list.certificates.value) == 1000);
}

TEST_CASE("answers that are not the proxy's are told apart from its problems") {
    Script script;
    for (const char* body :
         {"", "<html>Log in to the Wi-Fi</html>", "[]", "{}", "{\"items\":[{}]}", "{\"items\":"}) {
        script.press(ControlKind::RetryList);
        script.answer("certificates", 200, body);
        CHECK(script.state.list.certificates.phase == Phase::Failed);
        CHECK(script.state.list.certificates.problem.origin == Origin::Foreign);
        CHECK(titleOf(script.state.list.certificates.problem) == Message::ForeignAnswerTitle);
    }
    script.press(ControlKind::RetryList);
    script.answer("certificates", 502, "<html>Bad gateway</html>");
    CHECK(script.state.list.certificates.problem.origin == Origin::Foreign);
    script.press(ControlKind::RetryList);
    script.answer("certificates", 0, "");
    CHECK(titleOf(script.state.list.certificates.problem) == Message::NoConnectionTitle);
    script.press(ControlKind::RetryList);
    script.fail("certificates", ProblemCode::Forbidden);
    CHECK(titleOf(script.state.list.certificates.problem) == titleOf(ProblemCode::Forbidden));
}

TEST_CASE("the layout that the person chooses is shown, and the one that the page tells is taken") {
    Script script;
    script.press(ControlKind::SwitchLayout);
    CHECK(script.state.layout == Layout::Plain);
    REQUIRE(script.effect<ShowLayout>());
    CHECK(script.effect<ShowLayout>()->layout == Layout::Plain);
    script.press(ControlKind::SwitchLayout);
    CHECK(script.effect<ShowLayout>()->layout == Layout::Designed);
    script.happen(LayoutChosen{Layout::Plain});
    CHECK(script.state.layout == Layout::Plain);
    CHECK(script.last.effects.empty());
}

TEST_CASE("language and theme chosen by the person are remembered, those of the portal are not") {
    Script script;
    const Locale next = nextLocale(script.state.locale);
    const Locale before = script.state.locale;
    script.press(ControlKind::SwitchLanguage);
    REQUIRE(script.effect<ChooseLocale>());
    CHECK(script.effect<ChooseLocale>()->locale == next);
    CHECK(script.state.locale == before);
    script.happen(LocaleChosen{next});
    CHECK(script.state.locale == next);
    script.press(ControlKind::SwitchTheme);
    CHECK(script.effect<Remember>()->theme == Theme::Dark);
    script.happen(LocaleChosen{Locale::English});
    script.happen(ThemeChosen{Theme::Light});
    CHECK(script.state.locale == Locale::English);
    CHECK(script.state.theme == Theme::Light);
    CHECK(script.last.effects.empty());
}

TEST_CASE("a language whose texts do not come is not spoken, and that is said") {
    Script script;
    script.happen(LocaleMissing{});
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "No answer from the server");
    CHECK(script.state.locale == Locale::English);
}

TEST_CASE("every status can be filtered by") {
    for (int i = 0; i < static_cast<int>(kCertificateStatuses.size()); ++i) {
        Script script;
        script.press(ControlKind::FilterStatus);
        script.press(ControlKind::FilterStatusOption, i + 1);
        CHECK(script.request("certificates").path ==
              "certificates?status=" + std::string(kCertificateStatuses[static_cast<std::size_t>(i)]) +
                  "&page=1&pageSize=10");
    }
}

TEST_CASE("what is refused to a person leads to a look at their rights, which may be others by now") {
    Script script;
    script.press(ControlKind::FilterReset, 1);
    const int asked = script.requests("session");
    script.fail("certificates", ProblemCode::NotAllowed);
    CHECK(script.requests("session") == asked + 1);
    CHECK(script.state.session.phase == Phase::Ready);  // nothing comes and goes meanwhile
}

TEST_CASE("rights that come with another token count at once") {
    Script script;
    script.happen(SessionRenewed{});
    Session session;
    session.may = Rights();
    script.answer("session", 200, bodyOf(session));
    CHECK_FALSE(may(script.state, Right::Create));
    script.happen(SessionRenewed{});
    script.answer("session", 200, bodyOf(Session{}));
    CHECK(may(script.state, Right::Create));
}
