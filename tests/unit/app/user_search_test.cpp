// The dialog's user field: searching, choosing, clearing.
#include <doctest/doctest.h>

#include "looking.h"

using namespace smartca;
using namespace smartca::app;

namespace {

Page<User> pageOf(UserId first, int count, std::int64_t total) {
    Page<User> page;
    for (int i = 0; i < count; ++i)
        page.items.push_back(userNamed(first + i, "User " + std::to_string(first + i)));
    page.totalCount = page.allCount = total;
    return page;
}

void search(Script& script, const std::string& text, const Page<User>& found) {
    script.type(ControlKind::User, text);
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf(found));
}

}  // namespace

TEST_CASE("that nobody was found is heard with what to check, as it is shown") {
    Script script;
    script.press(ControlKind::OpenCreate);
    search(script, "nguyen", {});
    CHECK(script.announced("No user was found for “nguyen”. Check its spelling and accents."));
}

TEST_CASE("of a long search that finds nobody the beginning is said") {
    Script script;
    script.press(ControlKind::OpenCreate);
    std::string letter;
    for (int i = 0; i < 200; ++i)
        letter += "Kính gửi ";
    search(script, letter, {});
    REQUIRE(script.effect<Announce>());
    CHECK(script.announced("No user was found for “Kính gửi Kính"));
    CHECK(script.effect<Announce>()->text.size() < 200);
}

TEST_CASE("users are searched for as one types, once the typing pauses") {
    Script script;
    script.open();
    script.type(ControlKind::User, "nguyen");
    CHECK(script.effect<StartTimer>()->milliseconds == 250);
    CHECK(script.dialog().user.search.list == Visibility::Shown);
    CHECK(script.dialog().user.search.results.phase == Phase::Loading);
    CHECK(script.requests("users") == 0);
    script.fire(Timer::UserSearch);
    CHECK(script.request("users").path == "users?search=nguyen&page=1&pageSize=10");
    script.answer("users", 200, bodyOf(pageOf(1, 3, 3)));
    CHECK(script.announced("3 users match"));
    CHECK(script.dialog().user.search.searched == "nguyen");
}

TEST_CASE("the chosen user's name is searched for where it is typed again, and all users are told as such") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn An"));
    script.type(ControlKind::User, "Nguyễn Văn");
    search(script, "Nguyễn Văn An", pageOf(7, 2, 2));
    CHECK(script.dialog().user.search.searched == "Nguyễn Văn An");
    CHECK(script.announced("2 users match"));
    search(script, "", pageOf(1, 10, 214));
    CHECK(script.announced("214 users"));
}

TEST_CASE("typing on cancels the search before, and its late answer changes nothing") {
    Script script;
    script.open();
    script.type(ControlKind::User, "a");
    script.fire(Timer::UserSearch);
    const RequestNumber first = script.request("users").number;
    script.type(ControlKind::User, "ab");
    REQUIRE(script.effect<CancelRequest>());
    CHECK(script.effect<CancelRequest>()->number == first);
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf(pageOf(20, 1, 1)));
    script.happen(Answered{first, 200, bodyOf(pageOf(1, 9, 9))});
    CHECK(script.dialog().user.search.results.value.items.size() == 1);
}

TEST_CASE("the arrow opens the list and moves through it without leaving it, Enter picks") {
    Script script;
    script.open();
    CHECK(script.key(ControlKind::User, Key::ArrowDown));
    CHECK(script.dialog().user.search.list == Visibility::Shown);
    script.answer("users", 200, bodyOf(pageOf(1, 3, 3)));
    CHECK_FALSE(script.key(ControlKind::User, Key::Home));  // the caret's
    CHECK(script.key(ControlKind::User, Key::ArrowDown));
    CHECK(script.key(ControlKind::User, Key::End));
    CHECK(script.dialog().user.search.active == 2);
    CHECK(script.key(ControlKind::User, Key::ArrowDown));
    CHECK(script.dialog().user.search.active == 2);
    CHECK(script.key(ControlKind::User, Key::Home));
    CHECK(script.dialog().user.search.active == 0);
    CHECK(script.key(ControlKind::User, Key::ArrowUp));
    CHECK(script.dialog().user.search.active == -1);
    CHECK(script.key(ControlKind::User, Key::ArrowDown));
    CHECK(script.key(ControlKind::User, Key::ArrowDown));
    CHECK(script.key(ControlKind::User, Key::Enter));
    CHECK(script.dialog().draft.userId == 2);
    CHECK(script.dialog().user.search.text == "User 2");
    CHECK(script.dialog().user.search.list == Visibility::Hidden);
    CHECK_FALSE(script.key(ControlKind::User, Key::Enter));
}

TEST_CASE("Enter takes the first match, and never sends the form from an open list") {
    Script script;
    script.open();
    search(script, "nobody", pageOf(1, 0, 0));
    CHECK(script.key(ControlKind::User, Key::Enter));
    CHECK(script.dialog().draft.userId == 0);
    search(script, "us", pageOf(1, 2, 2));
    CHECK(script.key(ControlKind::User, Key::Enter));
    CHECK(script.dialog().draft.userId == 1);
    search(script, "user 9", pageOf(9, 1, 1));
    CHECK(script.key(ControlKind::User, Key::Enter));
    CHECK(script.dialog().draft.userId == 9);
}

TEST_CASE("Enter that comes before the results takes the first of them when they come") {
    Script script;
    script.open();
    script.type(ControlKind::User, "user");
    CHECK(script.key(ControlKind::User, Key::Enter));  // no need to wait until the typing pauses
    CHECK_FALSE(script.runs(Timer::UserSearch));
    CHECK(script.request("users").path == "users?search=user&page=1&pageSize=10");
    script.answer("users", 200, bodyOf(pageOf(3, 2, 2)));
    CHECK(script.dialog().draft.userId == 3);
    CHECK(script.dialog().user.search.list == Visibility::Hidden);
}

TEST_CASE("who matched the words before is not chosen while other words are searched for") {
    Script script;
    script.open();
    search(script, "nguyễn", pageOf(1, 3, 3));
    script.type(ControlKind::User, "phúc");
    script.press(ControlKind::UserOption, 0);
    script.key(ControlKind::User, Key::ArrowDown);
    CHECK(script.key(ControlKind::User, Key::Enter));
    CHECK(script.dialog().draft.userId == 0);
    script.answer("users", 200, bodyOf(pageOf(9, 1, 1)));
    CHECK(script.dialog().draft.userId == 9);
}

TEST_CASE("Enter takes nobody where the person types on, leaves, or nobody matches") {
    Script script;
    script.open();
    script.type(ControlKind::User, "user");
    script.key(ControlKind::User, Key::Enter);
    script.type(ControlKind::User, "user 4");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf(pageOf(4, 1, 1)));
    CHECK(script.dialog().draft.userId == 0);
    script.type(ControlKind::User, "user 5");
    script.key(ControlKind::User, Key::Enter);
    script.answer("users", 200, bodyOf(pageOf(5, 0, 0)));
    script.key(ControlKind::User, Key::ArrowDown);
    CHECK(script.dialog().draft.userId == 0);
    script.type(ControlKind::User, "user 6");
    script.key(ControlKind::User, Key::Enter);
    script.leave(ControlKind::User);
    CHECK_FALSE(script.waitsFor("users"));
}

TEST_CASE("Enter in an open list that was not searched takes nobody") {
    Script script;
    script.open();
    script.press(ControlKind::User);
    script.answer("users", 200, bodyOf(pageOf(1, 3, 3)));
    CHECK(script.key(ControlKind::User, Key::Enter));
    CHECK(script.dialog().draft.userId == 0);
}

TEST_CASE("the name that a choice writes is selected, so that what is typed next replaces it") {
    Script script;
    script.open();
    script.enter(ControlKind::User);
    search(script, "us", pageOf(1, 2, 2));
    script.press(ControlKind::UserOption, 1);
    CHECK(script.focused(ControlKind::User));
    CHECK(script.effect<MoveFocus>()->selection == Selection::All);
}

TEST_CASE("Escape closes the list and only the list; Tab closes it and chooses nothing") {
    Script script;
    script.open();
    search(script, "us", pageOf(1, 2, 2));
    script.key(ControlKind::User, Key::ArrowDown);
    CHECK(script.key(ControlKind::User, Key::Escape));
    CHECK(script.dialog().user.search.list == Visibility::Hidden);
    CHECK_FALSE(script.key(ControlKind::User, Key::Escape));
    script.key(ControlKind::User, Key::ArrowDown);
    CHECK_FALSE(script.key(ControlKind::User, Key::Tab));
    CHECK(script.dialog().user.search.list == Visibility::Hidden);
    CHECK(script.dialog().draft.userId == 0);
}

TEST_CASE("a list that was closed opens again without asking twice for the same words") {
    Script script;
    script.open();
    search(script, "us", pageOf(1, 2, 2));
    script.key(ControlKind::User, Key::Escape);
    script.key(ControlKind::User, Key::ArrowDown);
    CHECK(script.requests("users") == 1);
    CHECK(script.dialog().user.search.active == 0);
}

TEST_CASE("more users come by button or by moving past the last, each once") {
    Script script;
    script.open();
    search(script, "us", pageOf(1, 10, 23));
    script.press(ControlKind::UserMore);
    CHECK(script.request("users").path == "users?search=us&page=2&pageSize=10");
    script.answer("users", 200, bodyOf(pageOf(10, 10, 23)));  // one shifted from the first page
    CHECK(script.dialog().user.search.results.value.items.size() == 19);
    script.key(ControlKind::User, Key::ArrowDown);
    script.key(ControlKind::User, Key::End);
    CHECK(script.key(ControlKind::User, Key::ArrowDown));
    CHECK(script.request("users").path == "users?search=us&page=3&pageSize=10");
    script.answer("users", 200, bodyOf(pageOf(20, 3, 23)));
    CHECK(script.dialog().user.search.active == 19);
    script.press(ControlKind::UserMore);
    script.answer("users", 200, bodyOf(pageOf(20, 3, 23)));
    CHECK_FALSE(mayShowMore(script.dialog().user.search));
}

TEST_CASE("a search that fails can be tried again from the list") {
    Script script;
    script.open();
    script.type(ControlKind::User, "a");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, "garbage");
    CHECK(script.dialog().user.search.results.phase == Phase::Failed);
    script.press(ControlKind::UserMore);
    script.answer("users", 200, bodyOf(pageOf(1, 1, 1)));
    CHECK(script.dialog().user.search.results.phase == Phase::Ready);
}

TEST_CASE("words that are not the chosen user's choose nobody once the field is left: Create adds nothing") {
    Script script;
    script.fill();
    script.type(ControlKind::User, "Nguyễn Văn An");
    script.leave(ControlKind::User);
    CHECK(script.dialog().draft.userId == 0);
    CHECK(script.dialog().user.search.text == "Nguyễn Văn An");
    script.press(ControlKind::Submit);
    CHECK_FALSE(script.waitsFor("certificates"));
    CHECK(script.announced("Choose a user"));
    CHECK(script.focused(ControlKind::User));
}

TEST_CASE("the chosen user's words in another order may be another user's, and so choose nobody either") {
    for (const char* typed : {"Nguyễn A Văn", "Văn A Nguyễn"}) {
        CAPTURE(typed);
        Script script;
        script.fill();
        script.type(ControlKind::User, typed);
        CHECK(prospectWords(Locale::English, script.dialog()).find("Nguyễn") == std::string::npos);
        script.leave(ControlKind::User);
        CHECK(script.dialog().draft.userId == 0);
        CHECK(script.dialog().user.search.text == typed);
    }
    Script script;
    script.fill();
    script.type(ControlKind::User, " nguyen  van a");
    script.leave(ControlKind::User);
    CHECK(script.dialog().draft.userId != 0);
    CHECK(script.dialog().user.search.text == "Nguyễn Văn A");
}

TEST_CASE("while another user is searched for, nothing is promised for the one before") {
    Script script;
    script.fill();
    script.type(ControlKind::User, "Trần");
    CHECK(prospectWords(Locale::English, script.dialog()).find("Nguyễn") == std::string::npos);
    CHECK_FALSE(prospectWords(Locale::English, script.dialog()).empty());
}

TEST_CASE("of users of one name the chosen one is told with the code, from the choice to what was created") {
    Script script;
    script.open();
    User one = userNamed(7, "Nguyễn Văn A"), other = userNamed(8, "Nguyễn Văn A");
    one.code = "USER07";
    other.code = "USER08";
    search(script, "nguyen", {.items = {one, other}, .totalCount = 2, .allCount = 2});
    script.press(ControlKind::UserOption, 1);
    script.answer("defaults", 200, bodyOf(Defaults{}));
    script.lookUp(std::string(kIdentity), {registered(std::string(kSerialA))});
    CHECK(prospectWords(Locale::English, script.dialog()) ==
          "Adds 1 certificate to the list of Nguyễn Văn A · USER08.");
    script.press(ControlKind::Submit);
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK(script.state.notices[0].text == "Added for Nguyễn Văn A · USER08.");
}

TEST_CASE("what Enter would take is marked: the first that matches, or what the arrows have reached") {
    Script script;
    script.open();
    script.press(ControlKind::User);
    script.answer("users", 200, bodyOf(pageOf(1, 3, 3)));
    CHECK(markedOption(script.dialog().user.search) == -1);
    search(script, "user", pageOf(1, 3, 3));
    CHECK(markedOption(script.dialog().user.search) == 0);
    script.key(ControlKind::User, Key::ArrowDown);
    script.key(ControlKind::User, Key::ArrowDown);
    CHECK(markedOption(script.dialog().user.search) == 1);
    script.type(ControlKind::User, "user 3");
    CHECK(markedOption(script.dialog().user.search) == -1);
}

TEST_CASE("Escape takes back what was typed over the chosen user") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.type(ControlKind::User, "trần");
    CHECK(script.key(ControlKind::User, Key::Escape));
    CHECK(script.dialog().user.search.text == "Nguyễn Văn A");
    CHECK_FALSE(script.key(ControlKind::User, Key::Escape));
    CHECK(script.dialog().draft.userId == 7);
}

TEST_CASE("leaving the field closes the list and writes the chosen user's name as it is") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.type(ControlKind::User, "nguyen van a");
    CHECK(script.dialog().draft.userId == 7);
    script.leave(ControlKind::User);
    CHECK(script.dialog().user.search.text == "Nguyễn Văn A");
    CHECK(script.dialog().user.search.list == Visibility::Hidden);
    CHECK_FALSE(script.runs(Timer::UserSearch));
}

TEST_CASE("the chosen user's name is not searched for when the list opens again") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.press(ControlKind::User);
    CHECK(script.request("users").path == "users?page=1&pageSize=10");
}

TEST_CASE("emptying the field clears the user, and so does its button") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.type(ControlKind::User, "");
    CHECK(script.dialog().draft.userId == 0);
    CHECK(script.dialog().user.search.list == Visibility::Shown);
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.press(ControlKind::UserClear);
    CHECK(script.dialog().draft.userId == 0);
    CHECK(script.dialog().user.search.text.empty());
    CHECK(script.focused(ControlKind::User));
}

TEST_CASE("the portal can name the user to start with; an unknown one leaves the choice to the person") {
    Script script(Opening::Dialog);
    script.happen(OpenRequested{7});
    CHECK(script.focused(ControlKind::Identity));
    CHECK(script.request("users").path == "users/7");
    CHECK(script.request("defaults").path == "defaults?userId=7");
    script.answer("users", 200, bodyOfUser(userNamed(7, "Nguyễn Văn A")));
    CHECK(script.dialog().user.chosen->name == "Nguyễn Văn A");
    script.press(ControlKind::Cancel);  // nothing was entered
    script.happen(CancelAllowed{});
    CHECK_FALSE(script.state.dialog);

    script.happen(OpenRequested{9});
    script.fail("users", ProblemCode::NotFound);
    CHECK(script.dialog().draft.userId == 0);
    REQUIRE(findingAt(script.dialog(), Field::User));
    CHECK(findingAt(script.dialog(), Field::User)->code == FindingCode::UserUnknown);
    CHECK(script.announced("This user was not found"));
    CHECK(script.waitsFor("defaults"));
    script.choose(userNamed(7, "Nguyễn Văn A"));
    CHECK_FALSE(findingAt(script.dialog(), Field::User));
}

TEST_CASE("the portal can name the user by code: the one with that very code is chosen") {
    Script script(Opening::Dialog);
    User other = userNamed(71, "Nguyễn Văn A"), wanted = userNamed(7, "Nguyễn Văn A");
    other.code = "USER010";
    wanted.code = "USER01";
    script.happen(OpenRequested{.userCode = "USER01"});
    CHECK(script.focused(ControlKind::Identity));
    CHECK(script.request("users").path.starts_with("users?search=USER01"));
    script.answer("users", 200, bodyOf(std::vector<User>{other, wanted}));
    CHECK(script.dialog().draft.userId == 7);
    CHECK(script.request("defaults").path == "defaults?userId=7");
    script.press(ControlKind::Cancel);  // nothing was entered
    script.happen(CancelAllowed{});
    CHECK_FALSE(script.state.dialog);

    script.happen(OpenRequested{.userCode = "USER0"});
    script.answer("users", 200, bodyOf(std::vector<User>{other, wanted}));
    CHECK(script.dialog().draft.userId == 0);
    REQUIRE(findingAt(script.dialog(), Field::User));
    CHECK(findingAt(script.dialog(), Field::User)->code == FindingCode::UserUnknown);
}

TEST_CASE("whoever types another user over a code that is still looked for gets the one they choose") {
    Script script(Opening::Dialog);
    script.happen(OpenRequested{.userCode = "USER01"});
    script.type(ControlKind::User, "Lê");
    CHECK_FALSE(script.waitsFor("users?search=USER01"));
    CHECK(script.dialog().draft.userId == 0);
}

TEST_CASE("what is typed while the portal's user is still without a name chooses nobody") {
    Script script(Opening::Dialog);
    script.happen(OpenRequested{60});
    script.type(ControlKind::User, "Lê Hoàng Phúc");
    CHECK(script.dialog().draft.userId == 0);
    CHECK_FALSE(script.waitsFor("users/60"));
    script.lookUp(std::string(kIdentity), {registered(std::string(kSerialA))});
    script.press(ControlKind::Submit);
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.announced("Choose a user."));
}

TEST_CASE("nothing is sent for the portal's user before their name is on screen") {
    Script script(Opening::Dialog);
    script.happen(OpenRequested{60});
    script.answer("defaults", 200, bodyOf(Defaults{}));
    script.lookUp(std::string(kIdentity), {registered(std::string(kSerialA))});
    CHECK(foot(script) == "Loading…");
    script.press(ControlKind::Submit);
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.announced("settings are still loading"));
    script.answer("users/60", 200, bodyOfUser(userNamed(60, "Bùi Tuấn Nam")));
    CHECK(script.dialog().draft.serials.empty());  // it carries another name
    CHECK(script.dialog().lookup.isOthers[0]);
}

TEST_CASE("that the portal's user could not be loaded is said with a way to try again") {
    Script script(Opening::Dialog);
    script.happen(OpenRequested{1});
    script.answer("defaults", 200, bodyOf(Defaults{}));
    SUBCASE("the same user, once more") {
        script.answer("users/1", 0, "");
        REQUIRE(script.dialog().banner.trouble);
        CHECK(script.dialog().draft.userId == 0);
        script.press(ControlKind::BannerRetry);
        CHECK_FALSE(script.dialog().banner.isShown());
        script.answer("users/1", 200, bodyOfUser(userNamed(1, "Bùi Tuấn Nam")));
        CHECK(script.dialog().draft.userId == 1);
        CHECK(script.dialog().user.search.text == "Bùi Tuấn Nam");
    }
    SUBCASE("until another is chosen") {
        script.answer("users/1", 0, "");
        script.choose(userNamed(7, "Lê"));
        CHECK_FALSE(script.dialog().banner.isShown());
    }
    SUBCASE("unless the person has chosen one meanwhile") {
        script.press(ControlKind::User);
        script.answer("users?", 200, bodyOf(std::vector<User>{userNamed(1, "Bùi Tuấn Nam")}));
        script.press(ControlKind::UserOption, 0);
        CHECK_FALSE(script.waitsFor("users/1"));
        CHECK(script.dialog().draft.userId == 1);
    }
}
