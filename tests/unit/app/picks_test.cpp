// What is ticked of the certificates found, by itself and by hand, and what Create then does.
#include <doctest/doctest.h>

#include "script.h"
#include "web/app/picks.h"

using namespace smartca;
using namespace smartca::app;

namespace {

using Serials = std::vector<std::string>;

RegisteredCertificate found(std::string serial, CertificateStatus status, std::string name = "Nguyễn Văn A") {
    RegisteredCertificate certificate = registered(std::move(serial));
    certificate.commonName = name;
    certificate.subject = "CN=" + name;
    certificate.status = status;
    return certificate;
}
RegisteredCertificate onList(RegisteredCertificate certificate) {
    certificate.onList = true;
    return certificate;
}
std::vector<RegisteredCertificate> several() {
    return {found("aa01", CertificateStatus::Expired), found("aa02", CertificateStatus::Active),
            found("aa03", CertificateStatus::Active, "Trần Quốc Bảo"),
            found("aa04", CertificateStatus::Revoked), found("aa05", CertificateStatus::Active)};
}
// The dialog for "Nguyễn Văn A" with these found under the number.
void look(Script& script, std::vector<RegisteredCertificate> certificates,
          std::vector<UnreadableCertificate> unreadable = {}) {
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.leave(ControlKind::Identity);
    script.answer(
        "lookups", 200,
        bodyOf(LookupAnswer{std::string(kIdentity), std::move(certificates), std::move(unreadable)}));
}
std::string foot(const Script& script) {
    return prospectWords(Locale::English, *script.state.dialog);
}
bool sends(Script& script) {
    return script.dialog().busy();
}

}  // namespace

TEST_CASE(
    "what is active and carries the user's name is ticked by itself, in whatever order its words stand") {
    Script script;
    auto certificates = several();
    certificates[4].commonName = "A NGUYEN VAN";
    certificates[1].heldBy = {"Trần Thị Bích Ngọc"};  // also on somebody else's list
    look(script, certificates);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
    CHECK(foot(script) == "Adds 2 certificates to the list of Nguyễn Văn A.");
    CHECK(script.announced("5 certificates at VNPT SmartCA. Adds 2 certificates"));
}

TEST_CASE("a certificate of a company that is the user is the user's") {
    Script script;
    RegisteredCertificate certificate = found("aa01", CertificateStatus::Active, "Hệ thống ký");
    certificate.subject = "CN=Hệ thống ký,O=NGUYỄN VĂN A";
    look(script, {certificate});
    CHECK(script.dialog().draft.serials == Serials{"aa01"});
}

TEST_CASE("without a user what is active is ticked, and anew by the name once one is chosen") {
    Script script;
    script.open();
    script.lookUp(std::string(kIdentity), several());
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa03", "aa05"});
    CHECK(foot(script) == "3 certificates selected: choose the user whose list they go to.");
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), several()}));
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
}

TEST_CASE("what the person ticked stays when a user is chosen, but for what that user has already") {
    Script script;
    script.open();
    script.lookUp(std::string(kIdentity), several());
    script.press(ControlKind::Pick, 1);
    CHECK(script.dialog().draft.serials == Serials{"aa03", "aa05"});
    script.choose(userNamed(7, "Nguyễn Văn A"));
    auto certificates = several();
    certificates[4].onList = true;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), certificates}));
    CHECK(script.dialog().draft.serials == Serials{"aa03"});
}

TEST_CASE("usable ones of the user come first, the rest as SmartCA has them") {
    Script script;
    look(script, several());
    CHECK(script.dialog().lookup.order == std::vector<std::uint16_t>{1, 4, 2, 0, 3});
}

TEST_CASE(
    "what is on the user's list already cannot be ticked, and where that is all Create is off and says why") {
    Script script;
    look(script, {onList(found("aa01", CertificateStatus::Active)),
                  onList(found("aa02", CertificateStatus::Active))});
    script.press(ControlKind::Pick, 0);
    CHECK(script.dialog().draft.serials.empty());
    CHECK(foot(script) == "Everything found is on the list already: nothing to add.");
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.announced("nothing to add"));
    script.type(ControlKind::Serial, "AA:01");
    CHECK(foot(script) == "It is on the list already: nothing to add.");
}

TEST_CASE("where nothing is ticked nothing is sent: never all") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Pick, 4);
    CHECK(foot(script) == "Nothing is selected: tick what is to be added.");
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
}

TEST_CASE("where all that is active carries another name, nothing is ticked and the reason is said") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active, "Công ty Ánh Dương")});
    CHECK(script.dialog().draft.serials.empty());
    CHECK(foot(script) ==
          "None that is active carries the name Nguyễn Văn A: tick what is to be added all the same.");
}

TEST_CASE("the number that is typed is ticked and no other, and ticking goes on from there") {
    Script script;
    look(script, several());
    script.type(ControlKind::Serial, "00:AA:03");
    CHECK(ticked(script.dialog()) == std::vector<std::uint16_t>{2});
    CHECK(serialShown(script.dialog()) == "00:AA:03");
    script.press(ControlKind::Pick, 1);
    CHECK(script.dialog().draft.serial.empty());
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa03"});
    CHECK(countOfTicked(Locale::English, script.dialog()) == "2 of 5 certificates");
    script.press(ControlKind::Pick, 2);
    CHECK(serialShown(script.dialog()) == "aa02");
    CHECK(countOfTicked(Locale::English, script.dialog()).empty());
}

TEST_CASE("a typed number that nobody has is refused after the look-up, at its field") {
    Script script;
    look(script, several());
    script.type(ControlKind::Serial, "bb01");
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.focused(ControlKind::Serial));
}

TEST_CASE("the head's box ticks what is active and the user's, then nothing, and Ctrl+A does the same") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 0);
    CHECK(boxOfAll(script.dialog()) == BoxState::Some);
    script.press(ControlKind::PickAll);
    CHECK(script.dialog().draft.serials.empty());
    CHECK(boxOfAll(script.dialog()) == BoxState::None);
    CHECK(script.key(ControlKind::Pick, Key::SelectAll));
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
    CHECK(script.announced("2 selected"));
}

TEST_CASE("the head's box counts only what can be ticked") {
    Script script;
    look(script,
         {found("aa01", CertificateStatus::Active), onList(found("aa02", CertificateStatus::Active))});
    CHECK(boxOfAll(script.dialog()) == BoxState::All);
}

TEST_CASE("the arrows move from row to row as they are shown") {
    Script script;
    look(script, several());
    script.happen(KeyPressed{{ControlKind::Pick, 4}, Key::ArrowDown});
    CHECK(script.focused(ControlKind::Pick, 2));
    script.happen(KeyPressed{{ControlKind::Pick, 4}, Key::End});
    CHECK(script.focused(ControlKind::Pick, 3));
    script.happen(KeyPressed{{ControlKind::Pick, 4}, Key::Enter});
    CHECK_FALSE(script.last.handled);
}

TEST_CASE("many can be searched without accents; what is ticked stays ticked when it is not shown") {
    Script script;
    std::vector<RegisteredCertificate> certificates;
    for (int i = 10; i < 30; ++i)
        certificates.push_back(found("aa" + std::to_string(i), CertificateStatus::Active,
                                     i == 20 ? "Vũ Thị Thu Hằng" : "Nguyễn Văn A"));
    look(script, certificates);
    CHECK(ticked(script.dialog()).size() == 19);
    script.type(ControlKind::PickSearch, "HANG");
    CHECK(script.dialog().lookup.rows == std::vector<std::uint16_t>{10});
    CHECK(script.announced("1 of 20 shown"));
    CHECK(ticked(script.dialog()).size() == 19);
    CHECK(boxOfAll(script.dialog()) == BoxState::None);
    script.press(ControlKind::PickAll);  // what is shown, though it has another name
    CHECK(ticked(script.dialog()).size() == 20);
    CHECK(script.key(ControlKind::PickSearch, Key::Enter));  // does not send the form
    CHECK_FALSE(sends(script));
    CHECK(script.key(ControlKind::PickSearch, Key::ArrowDown));
    CHECK(script.focused(ControlKind::Pick, 10));
    CHECK(script.key(ControlKind::PickSearch, Key::Escape));
    CHECK(script.dialog().lookup.search.empty());
    CHECK_FALSE(script.key(ControlKind::PickSearch, Key::Escape));
}

TEST_CASE("with a business account it is a choice of one: switching it on keeps the first") {
    Script script;
    look(script, several());
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"aa02"});
    script.press(ControlKind::Pick, 4);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
    script.press(ControlKind::Pick, 4);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
}

TEST_CASE("Create looks up what nobody has seen, by mouse as by Enter, and sends at the next press") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.press(ControlKind::Submit);
    CHECK(script.requests("lookups") == 1);
    CHECK_FALSE(sends(script));
    script.press(ControlKind::Submit);  // it runs
    CHECK(script.requests("lookups") == 1);
    CHECK_FALSE(sends(script));
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), several()}));
    CHECK_FALSE(sends(script));
    script.press(ControlKind::Submit);
    CHECK(sends(script));
    CHECK(script.request("certificates").body.find("\"serials\":[\"aa02\",\"aa05\"]") != std::string::npos);
}

TEST_CASE("what was found for another user is asked anew before anything is sent") {
    Script script;
    look(script, several());
    script.choose(userNamed(8, "A Nguyễn Văn"));
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.announced("Looking up"));
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), several()}));
    script.press(ControlKind::Submit);
    CHECK(sends(script));
}

TEST_CASE("Create asks once before it adds a certificate of somebody else, and without it adds the others") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.dialog().doubt == Doubt::Asked);
    CHECK(script.focused(ControlKind::DoubtWithout));
    CHECK(
        script.announced("Add a certificate of Trần Quốc Bảo to the list of Nguyễn Văn A? Documents signed "
                         "with it carry the name Trần Quốc Bảo."));
    CHECK(foot(script) == "Nothing is created until you answer.");
    script.press(ControlKind::Submit);  // waits
    CHECK_FALSE(sends(script));
    script.press(ControlKind::DoubtWithout);
    CHECK(sends(script));
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
}

TEST_CASE("with it everything ticked is sent, and is not asked about again while the draft stays") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05", "aa03"});
    script.answer("certificates", 0, "");
    script.press(ControlKind::BannerRetry);
    CHECK(sends(script));
}

TEST_CASE("Escape takes the question away, and so does a change of what is ticked") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    script.happen(CloseRequested{});
    CHECK(script.dialog().doubt == Doubt::None);
    CHECK(script.focused(ControlKind::Submit));
    script.press(ControlKind::Submit);
    script.press(ControlKind::Pick, 2);
    CHECK(script.dialog().doubt == Doubt::None);
    script.press(ControlKind::Submit);
    CHECK(sends(script));
}

TEST_CASE("a revoked one is sent only with the person's yes, which the proxy is told") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 3);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).text == "Its status at VNPT SmartCA: Revoked.");
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
    CHECK(script.request("certificates").body.find("\"agreed\":[\"unusable\"]") != std::string::npos);
}

TEST_CASE("where nothing would be left without it, one can only go back") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active, "Trần Quốc Bảo")});
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).without == "Go back");
    script.press(ControlKind::DoubtWithout);
    CHECK_FALSE(sends(script));
    CHECK(script.dialog().doubt == Doubt::None);
    CHECK(script.dialog().draft.serials == Serials{"aa01"});
}

TEST_CASE("several of other persons are one question") {
    Script script;
    look(script,
         {found("aa01", CertificateStatus::Active), found("aa02", CertificateStatus::Active, "Trần Quốc Bảo"),
          found("aa03", CertificateStatus::Suspended),
          found("aa04", CertificateStatus::Active, "Lê Hoàng Phúc")});
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Pick, 3);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).title ==
          "Add 2 certificates of other persons to the list of Nguyễn Văn A?");
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).text ==
          "2 of other persons, 1 that cannot be used now.");
}

TEST_CASE("what could not be read is counted, and Create goes on without it only after a yes") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active)}, {{"bb02", "", "ESEAL"}});
    CHECK(foundWords(Locale::English, script.dialog()) ==
          "2 certificates at VNPT SmartCA, 1 could not be read");
    CHECK(foot(script) ==
          "Adds 1 certificate to the list of Nguyễn Văn A. 1 that could not be read stays out.");
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(doubtWords(Locale::English, script.dialog()).title ==
          "Create without 1 certificate that could not be read?");
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
    CHECK(script.request("certificates").body.find("\"serials\":[\"aa01\"]") != std::string::npos);
}

TEST_CASE("where nothing could be read it is not told as none, and one can look up again") {
    Script script;
    look(script, {}, {{"bb02", "", "ESEAL"}});
    CHECK_FALSE(findingAt(script.dialog(), Field::Identity));
    CHECK(foot(script) == "Nothing can be added: what VNPT SmartCA has could not be read.");
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    script.press(ControlKind::LookUpAgain);
    CHECK(script.requests("lookups") == 2);
}

TEST_CASE("an expired one that is ticked by hand is said before it is added") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 0);
    CHECK(foot(script) == "Adds 3 certificates to the list of Nguyễn Văn A. 1 of them has expired.");
    script.press(ControlKind::Submit);
    CHECK(sends(script));
}

TEST_CASE(
    "when nothing was new the dialog stays with what was entered, and shows what is on the list by now") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active)});
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.alreadyOnList = {registered("aa01")};
    script.answer("certificates", 200, bodyOf(answer));
    REQUIRE(script.state.dialog);
    CHECK(script.dialog().banner.nothingNew == "1 was already on the list.");
    CHECK(script.dialog().draft.identity == kIdentity);
    script.answer(
        "lookups", 200,
        bodyOf(LookupAnswer{std::string(kIdentity), {onList(found("aa01", CertificateStatus::Active))}}));
    CHECK(foot(script) == "It is on the list already: nothing to add.");
}
