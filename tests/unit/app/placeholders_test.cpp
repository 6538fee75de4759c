// The menu of placeholders over the signature's content.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {

// As the platform tells it: first the text, then where the caret is.
void write(Script& script, const std::string& before, const std::string& after = {}) {
    script.type(ControlKind::SignatureText, before + after);
    script.happen(CaretMoved{{ControlKind::SignatureText}, before});
}

const PlaceholderMenu& menuOf(Script& script) {
    return script.dialog().signature.menu;
}

std::vector<std::string_view> namesIn(Script& script) {
    std::vector<std::string_view> names;
    for (const PlaceholderRow& row : placeholderRows(script.state.locale, menuOf(script)))
        names.push_back(row.name);
    return names;
}

using Names = std::vector<std::string_view>;

}  // namespace

TEST_CASE("two opening braces open the menu, typing narrows it down, and closing them closes it") {
    Script script;
    script.open();
    write(script, "ID: {");
    CHECK(menuOf(script).list == Visibility::Hidden);
    write(script, "ID: {{");
    CHECK(menuOf(script).list == Visibility::Shown);
    CHECK(namesIn(script).size() == 9);
    write(script, "ID: {{u");
    CHECK(namesIn(script) == Names{"SubjectDN.UID", "SubjectDN.OU"});
    write(script, "ID: {{zzz");
    CHECK(namesIn(script).empty());
    write(script, "ID: {{SubjectDN.UID}}");
    CHECK(menuOf(script).list == Visibility::Hidden);
}

TEST_CASE("the menu finds a placeholder by name, by what follows its dot, and by what it means") {
    Script script;
    script.open();
    write(script, "{{sig");
    CHECK(namesIn(script) == Names{"SignTime", "Name", "Reason"});
    write(script, "{{cn");
    CHECK(namesIn(script) == Names{"SubjectDN.CN"});
    write(script, "{{titl");
    CHECK(namesIn(script) == Names{"SubjectDN.T"});
    script.happen(LocaleChosen{Locale::Vietnamese});
    write(script, "{{chuc");
    CHECK(namesIn(script) == Names{"SubjectDN.T", "SubjectDN.O"});
}

TEST_CASE("the arrows choose, Enter and Tab insert in place of what was typed") {
    for (const Key key : {Key::Enter, Key::Tab}) {
        Script script;
        script.open();
        write(script, "ID: {{u", "\nend");
        CHECK(script.key(ControlKind::SignatureText, Key::ArrowDown));
        CHECK(menuOf(script).active == 1);
        CHECK(script.key(ControlKind::SignatureText, Key::ArrowDown));
        CHECK(menuOf(script).active == 1);
        CHECK(script.key(ControlKind::SignatureText, Key::ArrowUp));
        CHECK(script.key(ControlKind::SignatureText, key));
        REQUIRE(script.effect<InsertText>());
        CHECK(script.effect<InsertText>()->text == "{{SubjectDN.UID}}");
        CHECK(script.effect<InsertText>()->insertion == Insertion::FromBraces);
        CHECK(menuOf(script).list == Visibility::Hidden);
    }
}

TEST_CASE("Escape closes the menu alone, leaves what was typed, and it stays closed in these braces") {
    Script script;
    script.open();
    write(script, "{{s");
    CHECK(script.key(ControlKind::SignatureText, Key::Escape));
    CHECK(script.state.dialog);
    CHECK(script.dialog().draft.signatureText == "{{s");
    write(script, "{{su");
    CHECK(menuOf(script).list == Visibility::Hidden);
    CHECK_FALSE(script.key(ControlKind::SignatureText, Key::Escape));
    write(script, "{{su}} {{");
    CHECK(menuOf(script).list == Visibility::Shown);
}

TEST_CASE("the keys are the text's own while no placeholder is offered") {
    Script script;
    script.open();
    for (const Key key : {Key::Enter, Key::Tab, Key::ArrowDown, Key::ArrowUp, Key::Escape})
        CHECK_FALSE(script.key(ControlKind::SignatureText, key));
    write(script, "{{zzz");
    for (const Key key : {Key::Enter, Key::Tab, Key::ArrowDown, Key::Escape})
        CHECK_FALSE(script.key(ControlKind::SignatureText, key));
}

TEST_CASE("the button opens the menu at the caret, and again closes it") {
    Script script;
    script.open();
    script.press(ControlKind::InsertPlaceholder);
    CHECK(script.focused(ControlKind::SignatureText));
    CHECK(namesIn(script).size() == 9);
    script.press(ControlKind::InsertPlaceholder);
    CHECK(menuOf(script).list == Visibility::Hidden);
    script.press(ControlKind::InsertPlaceholder);
    script.happen(CaretMoved{{ControlKind::SignatureText}, "Signed"});  // the focus came back
    CHECK(menuOf(script).list == Visibility::Shown);
    CHECK(menuOf(script).begin == 6);
    script.press(ControlKind::PlaceholderOption, 5);
    REQUIRE(script.effect<InsertText>());
    CHECK(script.effect<InsertText>()->text == "{{SignTime}}");
    CHECK(script.effect<InsertText>()->insertion == Insertion::AtCaret);
    script.press(ControlKind::PlaceholderOption, 5);
    CHECK_FALSE(script.effect<InsertText>());
    script.press(ControlKind::InsertPlaceholder);
    write(script, "Signed x");
    CHECK(menuOf(script).list == Visibility::Hidden);
}

TEST_CASE("a caret that walks into braces opens nothing, and one that leaves them closes the menu") {
    Script script;
    script.open();
    write(script, "{{s}} end");
    script.happen(CaretMoved{{ControlKind::SignatureText}, "{{s"});
    CHECK(menuOf(script).list == Visibility::Hidden);
    write(script, "{{s}} end {{");
    CHECK(menuOf(script).list == Visibility::Shown);
    script.happen(CaretMoved{{ControlKind::SignatureText}, "{{s}} e"});
    CHECK(menuOf(script).list == Visibility::Hidden);
    write(script, "{{s}} end {{");
    script.leave(ControlKind::SignatureText);
    CHECK(menuOf(script).list == Visibility::Hidden);
}
