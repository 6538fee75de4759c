// The enumerations that cross the border to JavaScript are written down on both sides; these hold the two
// together.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "web/view/frame.h"

using smartca::view::Role;

namespace {

std::string script(const std::string& name) {
    std::ifstream file(std::string(SMARTCA_SCRIPTS) + "/" + name);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> rolesOfTable() {
    const std::string text = script("roles.js");
    const std::regex row(R"(\{ role: '(\w+)')");
    std::vector<std::string> roles;
    for (std::sregex_iterator match(text.begin(), text.end(), row), end; match != end; ++match)
        roles.push_back((*match)[1]);
    return roles;
}

struct Named {
    Role role;
    const char* name;
};
#define NAMED(role) {Role::role, #role}
constexpr Named kRoles[] = {
    NAMED(Text),         NAMED(Heading1),     NAMED(Heading2),    NAMED(Heading3),      NAMED(Label),
    NAMED(Image),        NAMED(TextField),    NAMED(SearchField), NAMED(PasswordField), NAMED(LinesField),
    NAMED(ComboBox),     NAMED(SelectButton), NAMED(ListBox),     NAMED(Option),        NAMED(Button),
    NAMED(SubmitButton), NAMED(FileButton),   NAMED(Switch),      NAMED(RadioGroup),    NAMED(Radio),
    NAMED(CheckBox),     NAMED(Menu),         NAMED(MenuItem),    NAMED(Table),         NAMED(RowGroup),
    NAMED(Row),          NAMED(ColumnHeader), NAMED(RowHeader),   NAMED(Cell),          NAMED(Definitions),
    NAMED(Term),         NAMED(Definition),   NAMED(Banner),      NAMED(Main),          NAMED(Group),
    NAMED(Dialog),       NAMED(AlertDialog),  NAMED(Form),        NAMED(Region),        NAMED(Status),
    NAMED(Layer),
};
#undef NAMED

}  // namespace

TEST_CASE("the table of elements has each role at its number") {
    const std::vector<std::string> roles = rolesOfTable();
    CHECK(roles.size() == std::size(kRoles));
    for (const auto& [role, name] : kRoles)
        CHECK(roles.at(static_cast<std::size_t>(role)) == name);
}

TEST_CASE("the item flags have the same bits on both sides") {
    const std::string text = script("roles.js");
    const auto bitOf = [&](const std::string& name) {
        std::smatch match;
        REQUIRE(std::regex_search(text, match, std::regex("\\b" + name + ": 1 << (\\d+)")));
        return 1u << std::stoul(match[1]);
    };
    using namespace smartca::view;
    CHECK(bitOf("required") == kRequired);
    CHECK(bitOf("invalid") == kInvalid);
    CHECK(bitOf("checked") == kChecked);
    CHECK(bitOf("expanded") == kExpanded);
    CHECK(bitOf("selected") == kSelected);
    CHECK(bitOf("disabled") == kDisabled);
    CHECK(bitOf("readOnly") == kReadOnly);
    CHECK(bitOf("busy") == kBusy);
    CHECK(bitOf("scrolls") == kScrolls);
    CHECK(bitOf("modal") == kModal);
    CHECK(bitOf("revealed") == kRevealed);
    CHECK(bitOf("primary") == kPrimary);
    CHECK(bitOf("danger") == kDanger);
    CHECK(bitOf("quiet") == kQuiet);
    CHECK(bitOf("hasPopup") == kHasPopup);
    CHECK(bitOf("paper") == kPaper);
    CHECK(bitOf("shortened") == kShortened);
    CHECK(bitOf("passedBy") == kPassedBy);
    CHECK(bitOf("foreign") == kForeign);
    CHECK(bitOf("sign") == kSign);
    CHECK(bitOf("dropTarget") == kDropTarget);
    CHECK(bitOf("mixed") == kMixed);
}
