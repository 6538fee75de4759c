// What the live region holds: nothing that the page has ceased to show.
#include <doctest/doctest.h>

#include "looking.h"

using namespace smartca;
using namespace smartca::app;

namespace {

void ask(Script& script) {
    look(script, several());
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    REQUIRE(script.dialog().doubt == Doubt::Asked);
    REQUIRE(script.said.starts_with("Add a certificate of Trần Quốc Bảo to the list of"));
}

}  // namespace

TEST_CASE("a question that is withdrawn gives way to what Create would do") {
    Script script;
    ask(script);
    SUBCASE("by going back") {
        script.press(ControlKind::DoubtBack);
    }
    SUBCASE("by Escape") {
        script.happen(CloseRequested{});
    }
    CHECK(script.said == "Adds 3 certificates to the list of Nguyễn Văn A · USER7.");
}

TEST_CASE("a question that goes by itself is no longer said") {
    Script script;
    ask(script);
    SUBCASE("with another number") {
        script.type(ControlKind::Identity, "001099000002");
    }
    SUBCASE("with the dialog") {
        script.happen(ClosedByPage{});
    }
    CHECK(script.said.empty());
}

TEST_CASE("what a field was refused for is no longer said once it is mended") {
    Script script;
    look(script, several());
    script.press(ControlKind::Business);
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Submit);
    REQUIRE(script.said.starts_with("2 fields need attention. "));
    script.type(ControlKind::Password, "secret");
    CHECK(script.said.empty());
}

TEST_CASE("a look-up behind a refused Create says what the foot says, not what Create would do") {
    Script script;
    look(script, several());
    script.press(ControlKind::Business);
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Submit);
    script.press(ControlKind::LookUp);
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), several()}));
    CHECK(script.said == "5 certificates at VNPT SmartCA. 2 fields need attention.");
}

TEST_CASE("a look-up for a business account says that one is to be picked") {
    Script script;
    look(script, several());
    script.press(ControlKind::Business);
    script.press(ControlKind::LookUp);
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), several()}));
    CHECK(script.said == "5 certificates at VNPT SmartCA, pick one.");
}

TEST_CASE("a day that is none is still said behind the count of the list that is loaded without it") {
    Script script;
    script.type(ControlKind::FilterValidFrom, "12/10/2026");
    script.fire(Timer::FilterSearch);
    script.answer("certificates", 200, bodyOf(CertificatePage{}));
    script.type(ControlKind::FilterValidFrom, "12/10");
    script.fire(Timer::FilterSearch);
    script.leave(ControlKind::FilterValidFrom);
    REQUIRE(script.said == "This is no day. Write it as 31/12/2026.");
    script.answer("certificates", 200, bodyOf(std::vector{listed(1, "An"), listed(2, "An")}));
    CHECK(script.said == "2 certificates. This is no day. Write it as 31/12/2026.");
    script.type(ControlKind::FilterValidFrom, "12/10/2026");
    CHECK(script.said.empty());
}

TEST_CASE("what is no longer under way is no longer said to be") {
    Script script;
    script.state.list.certificates.value.items = {listed(1, "An")};
    script.press(ControlKind::RowOpen);
    REQUIRE(script.state.details);
    REQUIRE_FALSE(script.said.empty());
    script.press(ControlKind::DetailsClose);
    CHECK(script.said.empty());
}

TEST_CASE("that a rename may not have been made is no longer said once its box is closed") {
    Script script;
    script.state.list.certificates.value.items = {listed(1, "An")};
    script.press(ControlKind::RowMenu);
    script.press(ControlKind::RowRename);
    script.type(ControlKind::RenameName, "Bình");
    script.press(ControlKind::RenameSubmit);
    script.answer("certificates/1", 0, "");
    REQUIRE(script.state.rename);
    REQUIRE(script.state.rename->banner);
    REQUIRE_FALSE(script.said.empty());
    script.press(ControlKind::RenameCancel);
    script.press(ControlKind::ConfirmAccept);
    REQUIRE_FALSE(script.state.rename);
    CHECK(script.said.empty());
}

TEST_CASE("that details failed is no longer said once they are closed") {
    Script script;
    script.state.list.certificates.value.items = {listed(1, "An")};
    script.press(ControlKind::RowOpen);
    script.answer("certificates/1", 503, "");
    REQUIRE(script.state.details);
    REQUIRE_FALSE(script.said.empty());
    script.press(ControlKind::DetailsClose);
    CHECK(script.said.empty());
}

TEST_CASE("that nothing was found is not said of another number") {
    Script script;
    look(script, {});
    REQUIRE_FALSE(script.said.empty());
    script.type(ControlKind::Identity, "00109900000");
    CHECK(script.said.empty());
}

TEST_CASE("words of the other language are taken back where they are of what is shown") {
    Script script;
    look(script, several());
    REQUIRE(script.said.starts_with("5 certificates"));
    script.happen(LocaleChosen{Locale::Vietnamese});
    CHECK(script.said.empty());
}
