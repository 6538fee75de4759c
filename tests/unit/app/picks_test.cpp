// What is ticked of the certificates found, by itself and by hand, and what Create then does.
#include <doctest/doctest.h>

#include "looking.h"

using namespace smartca;
using namespace smartca::app;

TEST_CASE("after each tick one hears what would be added now") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 1);
    CHECK(script.announced("Adds 1 certificate to the list of Nguyễn Văn A"));
    script.press(ControlKind::Pick, 4);
    CHECK(script.announced(foot(script)));
    CHECK(foot(script).starts_with("Nothing is selected"));
    script.press(ControlKind::Pick, 4);
    CHECK(script.announced("Adds 1 certificate to the list of Nguyễn Văn A"));
}

TEST_CASE("what is active and carries the user's name is ticked by itself, in Vietnamese or Western order") {
    Script script;
    auto certificates = several();
    certificates[4].commonName = "A NGUYEN VAN";
    certificates[1].heldBy = {"Trần Thị Bích Ngọc"};  // also on somebody else's list
    look(script, certificates);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
    CHECK(foot(script) == "Adds 2 certificates to the list of Nguyễn Văn A · USER7.");
    CHECK(script.announced("5 certificates at VNPT SmartCA. Adds 2 certificates"));
}

TEST_CASE("the user's words in another order are another name: nothing is ticked, and Create asks") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active, "Nguyễn A Văn")});
    CHECK(script.dialog().draft.serials.empty());
    CHECK(script.dialog().lookup.isOthers[0]);
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    CHECK(script.dialog().doubt == Doubt::Asked);
    CHECK_FALSE(script.waitsFor("certificates"));
}

TEST_CASE(
    "the certificate of a company's employee is not the company's, whose name is what it bears without its "
    "own") {
    const std::string company = "Công ty Cổ phần An Bình";
    const auto bearing = [](std::string serial, const std::string& commonName, const std::string& subject) {
        RegisteredCertificate certificate = found(std::move(serial), CertificateStatus::Active, commonName);
        certificate.subject = subject;
        return certificate;
    };
    const std::string nameless = "O=CÔNG TY CỔ PHẦN AN BÌNH,UID=MST:0100684378";
    Script script;
    script.open();
    script.choose(userNamed(7, company));
    script.lookUp(
        std::string(kIdentity),
        {bearing("aa01", company, "O=Công ty Cổ phần An Bình,CN=Công ty Cổ phần An Bình,UID=MST:0100684378"),
         bearing("aa02", "Vũ Thị Thu Hằng",
                 "O=Công ty Cổ phần An Bình,T=Kế toán trưởng,CN=Vũ Thị Thu "
                 "Hằng,UID=MST:0100684378,UID=CCCD:001185000042"),
         bearing("aa03", "Vũ Thị Thu Hằng",
                 "O=Công ty Cổ phần An Bình,CN=Vũ Thị Thu Hằng,UID=MST:0100684378"),
         bearing("aa04", nameless, nameless)});
    CHECK(script.dialog().lookup.isOthers == std::vector<unsigned char>{0, 1, 1, 0});
    CHECK(script.dialog().draft.serials == Serials{"aa01", "aa04"});
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

TEST_CASE("two branches of one company are told apart by what Create would do") {
    const std::string company = "Công ty Trách nhiệm Hữu hạn Một thành viên Thương mại Dịch vụ Chi nhánh ";
    std::vector<std::string> said;
    for (const User& user :
         {userNamed(5, company + "Hồ Chí Minh"), userNamed(6, company + "Hồ Chí Minh 2")}) {
        Script script;
        script.open();
        script.choose(user);
        script.lookUp(std::string(kIdentity), {found("aa01", CertificateStatus::Active, user.name)});
        CHECK(foot(script).ends_with(" · " + user.code + "."));
        said.push_back(foot(script));
    }
    CHECK(said[0] == "Adds 1 certificate to the list of Công ty Trách nhiệm… Hồ Chí Minh · USER5.");
    CHECK(said[1] != said[0]);
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

TEST_CASE("where all that can be read is on the list, what cannot is named beside it") {
    Script script;
    look(script,
         {onList(found("aa01", CertificateStatus::Active)), onList(found("aa02", CertificateStatus::Active))},
         {{}});
    CHECK(foot(script) ==
          "Everything found is on the list already: nothing to add. 1 that could not be read stays out.");
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
          "None that is active carries the user’s name: tick what is to be added all the same.");
}

TEST_CASE("that none carries the user's name is not said while one could not be read, or is on the list") {
    const auto others = found("aa01", CertificateStatus::Active, "Công ty Ánh Dương");
    Script unread;
    look(unread, {others}, {{}});
    CHECK(foot(unread) == "Nothing is selected: tick what is to be added.");
    Script listed;
    look(listed, {others, onList(found("aa02", CertificateStatus::Active))});
    CHECK(foot(listed) == "Nothing is selected: tick what is to be added.");
}

TEST_CASE("a certificate of another number is not ticked by itself") {
    Script script;
    auto certificates = several();
    certificates[1].notes = {CertificateNote::NumberDiffers};
    look(script, certificates);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
}

TEST_CASE("a certificate with a name that cannot all be read is not ticked by itself, and asked about") {
    Script script;
    auto certificates = several();
    certificates[1].notes = {CertificateNote::TextDamaged};
    look(script, certificates);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Submit);
    CHECK(script.dialog().doubt == Doubt::Asked);
    CHECK(script.announced("Add a certificate that needs a second look? A part of its name cannot be read."));
}

TEST_CASE("two certificates with one serial number cannot be ticked, and neither is on the list") {
    auto one = found("aa01", CertificateStatus::Active);
    one.notes = {CertificateNote::SerialShared};
    Script script;
    look(script, {one, one, found("aa02", CertificateStatus::Active)});
    CHECK(script.dialog().draft.serials == Serials{"aa02"});
    script.press(ControlKind::Pick, 0);
    CHECK(script.dialog().draft.serials == Serials{"aa02"});
    CHECK_FALSE(isListed(script.dialog(), 0));
    script.type(ControlKind::Serial, "aa01");
    CHECK(prospectOf(script.dialog()) == Prospect::Unknown);

    Script alone;
    look(alone, {one, one});
    CHECK(prospectOf(alone.dialog()) == Prospect::Unknown);
    alone.press(ControlKind::Submit);
    CHECK_FALSE(sends(alone));
    CHECK(findingAt(alone.dialog(), Field::Serial)->code == FindingCode::SerialShared);
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

TEST_CASE(
    "several that were ticked stand aside for a number that is typed, and are back when it is deleted") {
    Script script;
    look(script, several());
    const Serials before = script.dialog().draft.serials;
    REQUIRE(before.size() > 1);
    script.type(ControlKind::Serial, "5");
    CHECK(script.dialog().draft.serials.empty());
    script.type(ControlKind::Serial, "");
    CHECK(script.dialog().draft.serials == before);
    CHECK(script.announced("Adds 2 certificates to the list of Nguyễn Văn A · USER7."));
}

TEST_CASE("the one that was ticked is unticked by deleting its number") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 1);
    REQUIRE(serialShown(script.dialog()) == "aa05");
    script.type(ControlKind::Serial, "");
    CHECK(script.dialog().draft.serials.empty());
}

TEST_CASE("a typed number that nobody has is refused after the look-up, at its field, as it was typed") {
    Script script;
    look(script, several());
    script.type(ControlKind::Serial, "bb011");
    script.press(ControlKind::Submit);
    CHECK(script.announced(
        "1 field needs attention. None of the 5 certificates of this number has the serial number bb011."));
    CHECK_FALSE(sends(script));
    CHECK(script.focused(ControlKind::Serial));
}

TEST_CASE("the head's box ticks what needs no question, then nothing, and Ctrl+A does the same") {
    Script script;
    look(script, several());
    CHECK(boxOfAll(script.dialog()) == BoxState::Some);  // three rows are not ticked
    script.press(ControlKind::PickAll);
    CHECK(script.dialog().draft.serials.empty());
    CHECK(boxOfAll(script.dialog()) == BoxState::None);
    CHECK(script.announced("0 selected"));
    CHECK(script.key(ControlKind::Pick, Key::SelectAll));
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
}

TEST_CASE(
    "pressing the half ticked box adds what it can to what is ticked, and says how many it leaves out") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Pick, 0);  // an expired one, by hand
    CHECK(boxOfAll(script.dialog()) == BoxState::Some);
    script.press(ControlKind::PickAll);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05", "aa01"});
    CHECK(boxOfAll(script.dialog()) == BoxState::Some);
    CHECK(script.announced("3 selected, 2 not"));
    script.press(ControlKind::PickAll);
    CHECK(script.dialog().draft.serials.empty());
}

TEST_CASE("the head's box is ticked where every row that can be is") {
    Script script;
    look(script, several());
    for (const int row : {0, 2, 3})
        script.press(ControlKind::Pick, row);
    CHECK(boxOfAll(script.dialog()) == BoxState::All);
}

TEST_CASE("the head's box is off where there is nothing for it to tick, but takes away what is ticked") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Expired), found("aa02", CertificateStatus::Revoked)});
    CHECK(boxOfAll(script.dialog()) == BoxState::Off);
    script.press(ControlKind::Pick, 0);
    CHECK(boxOfAll(script.dialog()) == BoxState::Some);
    script.press(ControlKind::PickAll);
    CHECK(script.dialog().draft.serials.empty());
}

TEST_CASE(
    "what SmartCA's list describes otherwise is not ticked by itself; other days are no doubt of whose it "
    "is") {
    for (const CertificateNote note : {CertificateNote::SerialDiffers, CertificateNote::SubjectDiffers}) {
        Script script;
        auto certificates = several();
        certificates[1].notes = {CertificateNote::DatesDiffer};
        certificates[4].notes = {note};
        look(script, certificates);
        CHECK(script.dialog().draft.serials == Serials{"aa02"});
        CHECK(script.dialog().lookup.order == std::vector<std::uint16_t>{1, 2, 4, 0, 3});
    }
    Script script;
    auto certificates = several();
    certificates[1].notes = certificates[4].notes = {CertificateNote::SerialDiffers};
    look(script, certificates);
    CHECK(foot(script) == "Nothing is selected: tick what is to be added.");  // some carry the user's name
}

TEST_CASE("without a user nothing is locked by what others have; once one is chosen, what that user has is") {
    Script script;
    script.open();
    auto certificates = several();
    certificates[1] = onList(certificates[1]);
    certificates[1].heldBy = {"Nguyễn Văn A"};
    certificates[4] = onList(certificates[4]);
    certificates[4].heldBy = {"Lê Hoàng Phúc"};
    script.lookUp(std::string(kIdentity), certificates);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa03", "aa05"});
    script.press(ControlKind::Pick, 2);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
    script.choose(userNamed(7, "Nguyễn Văn A"));
    CHECK(mayBeTicked(script.dialog(), 1));  // it is not known yet
    certificates[1].heldBy = {};
    certificates[4].onList = false;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), certificates}));
    CHECK_FALSE(mayBeTicked(script.dialog(), 1));
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
}

TEST_CASE("what was on the list of the user before locks nothing of the next one") {
    Script script;
    look(script, {onList(found("aa01", CertificateStatus::Active))});
    CHECK_FALSE(mayBeTicked(script.dialog(), 0));
    script.choose(userNamed(8, "A Nguyễn Văn"));
    CHECK(mayBeTicked(script.dialog(), 0));
    script.answer("lookups", 200,
                  bodyOf(LookupAnswer{std::string(kIdentity), {found("aa01", CertificateStatus::Active)}}));
    CHECK(script.dialog().draft.serials == Serials{"aa01"});
}

TEST_CASE("the head's box counts only what can be ticked") {
    Script script;
    look(script,
         {found("aa01", CertificateStatus::Active), onList(found("aa02", CertificateStatus::Active))});
    CHECK(boxOfAll(script.dialog()) == BoxState::All);
}

TEST_CASE("the head's box does not say that all are chosen while one could not be read") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active)}, {UnreadableCertificate{}});
    CHECK(boxOfAll(script.dialog()) == BoxState::Some);
    script.press(ControlKind::PickAll);
    CHECK(boxOfAll(script.dialog()) == BoxState::None);
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

TEST_CASE("with a business account it is a choice of one, which of several the person makes") {
    Script script;
    look(script, several());
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials.empty());
    script.press(ControlKind::Pick, 4);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
    script.press(ControlKind::Pick, 4);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
}

TEST_CASE("switching the business account off and on brings back what was ticked, each way") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Pick, 1);
    CHECK(script.dialog().draft.serials == Serials{"aa05", "aa01"});
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials.empty());
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"aa05", "aa01"});
    script.press(ControlKind::Business);
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"aa05", "aa03", "aa01"});
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"aa03"});
}

TEST_CASE("what was ticked is ticked again without business account and typed serial, whichever went first") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 0);
    const Serials picked = script.dialog().draft.serials;
    REQUIRE(picked.size() == 3);
    SUBCASE("typed between the switches") {
        script.press(ControlKind::Business);
        script.type(ControlKind::Serial, "bb01");
        script.press(ControlKind::Business);
        CHECK(script.dialog().draft.serial == "bb01");  // counts for both
        script.type(ControlKind::Serial, "");
    }
    SUBCASE("and one chosen before it") {
        script.press(ControlKind::Business);
        script.press(ControlKind::Pick, 4);
        script.type(ControlKind::Serial, "bb01");
        script.press(ControlKind::Business);
        script.type(ControlKind::Serial, "");
    }
    SUBCASE("typed before, deleted between") {
        script.type(ControlKind::Serial, "bb01");
        script.press(ControlKind::Business);
        script.type(ControlKind::Serial, "");
        CHECK(script.dialog().draft.serials.empty());
        script.press(ControlKind::Business);
    }
    SUBCASE("typed before, deleted after") {
        script.type(ControlKind::Serial, "bb01");
        script.press(ControlKind::Business);
        script.press(ControlKind::Business);
        script.type(ControlKind::Serial, "");
    }
    SUBCASE("typed and deleted between") {
        script.press(ControlKind::Business);
        script.type(ControlKind::Serial, "bb01");
        script.type(ControlKind::Serial, "");
        script.press(ControlKind::Business);
    }
    CHECK(script.dialog().draft.serials == picked);
}

TEST_CASE("the one that is ticked, by hand or since no other fits, stays for a business account") {
    Script script;
    auto certificates = several();
    SUBCASE("by hand") {
        look(script, certificates);
        script.press(ControlKind::Pick, 1);
    }
    SUBCASE("since no other fits") {
        certificates[1].status = CertificateStatus::Expired;
        look(script, certificates);
    }
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
    script.type(ControlKind::Serial, "");
    CHECK(script.dialog().draft.serials.empty());
}

TEST_CASE("the switch brings back what was ticked by itself, and no ticks of another number") {
    Script script;
    look(script, several());
    script.press(ControlKind::Business);
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
    script.press(ControlKind::Business);
    script.lookUp("079305123456", {found("bb01", CertificateStatus::Active)});
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.serials == Serials{"bb01"});
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

TEST_CASE(
    "when nothing was new the dialog stays with what was entered, and shows what is on the list by now") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active)});
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.alreadyOnList = {registered("aa01")};
    script.answer("certificates", 200, bodyOf(answer));
    REQUIRE(script.state.dialog);
    CHECK(script.dialog().banner.outcome == "1 was already on the list.");
    CHECK(script.dialog().draft.identity == kIdentity);
    script.answer(
        "lookups", 200,
        bodyOf(LookupAnswer{std::string(kIdentity), {onList(found("aa01", CertificateStatus::Active))}}));
    CHECK(foot(script) == "It is on the list already: nothing to add.");
}

TEST_CASE("a create is waited for longer with each certificate: they may go one by one") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    CHECK(script.request("certificates").timeoutMilliseconds == 35'000);
}

TEST_CASE("what was added without having been selected is told") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.added = {listed(11, "A"), listed(12, "A"), listed(13, "A")};
    answer.added[0].serial = script.dialog().draft.serials.front();
    script.answer("certificates", 201, bodyOf(answer));
    CHECK(script.state.notices.at(0).text == "Added for Nguyễn Văn A · USER7. 2 of them were not selected.");
}

TEST_CASE("where not all was added the dialog stays, says what was, and the rest is still ticked") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.added = {listed(11, "A")};
    answer.added[0].serial = script.dialog().draft.serials.front();
    answer.missing = {registered("aa05")};
    answer.upstreamMessage = "Chứng thư số không được phép thêm";
    script.answer("certificates", 201, bodyOf(answer));
    CHECK(script.raised("created"));
    REQUIRE(script.state.dialog);
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.state.notices.empty());
    CHECK(script.dialog().banner.outcomeTitle == "Digital certificate created");
    CHECK(script.dialog().banner.outcome ==
          "Added for Nguyễn Văn A · USER7. 1 was not added. What is still missing can be created again. VNPT "
          "eContract: “Chứng "
          "thư số "
          "không được phép thêm”.");
    CHECK(script.waitsFor("certificates?"));
    auto now = several();
    now[1].onList = true;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), now}));
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
    CHECK(script.dialog().draft.userId == 7);
}

TEST_CASE("what may not be saved of the first part is still said when the rest has been created") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.added = {listed(11, "A")};
    answer.added[0].serial = script.dialog().draft.serials.front();
    answer.missing = {registered("aa05")};
    answer.notSaved = {Field::SignatureText};
    script.answer("certificates", 201, bodyOf(answer));
    auto now = several();
    now[1].onList = true;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), now}));
    script.press(ControlKind::Submit);
    CreateAnswer rest;
    rest.added = {listed(12, "A")};
    rest.added[0].serial = "aa05";
    script.answer("certificates", 201, bodyOf(rest));
    CHECK_FALSE(script.state.dialog);
    REQUIRE(script.state.notices.size() == 2);
    CHECK(script.state.notices[0].text ==
          "Added for Nguyễn Văn A · USER7. Not saved by this installation: Signature content.");
    CHECK(script.state.notices[0].shows == std::vector<std::int64_t>{11});
    CHECK(script.state.notices[1].text == "Added for Nguyễn Văn A · USER7.");
}

TEST_CASE("a create that was left and did not add all leads back to the rest") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    script.press(ControlKind::Cancel);
    REQUIRE_FALSE(script.state.dialog);
    CreateAnswer answer;
    answer.added = {listed(11, "A")};
    answer.missing = {registered("aa05")};
    script.answer("certificates", 201, bodyOf(answer));
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].action == NoticeAction::OpenAgain);
    script.press(ControlKind::NoticeAct, 0);
    REQUIRE(script.state.dialog);
    CHECK(script.focused(ControlKind::BannerDismiss));
    CHECK(script.dialog().banner.outcomeTitle == "Digital certificate created");
    auto now = several();
    now[1].onList = true;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), now}));
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
}

TEST_CASE("a create that is refused because of what SmartCA has now shows what it has now") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    script.fail("certificates", ProblemCode::Findings, {{Field::Identity, FindingCode::NoCertificate, {}}});
    CHECK(script.focused(ControlKind::Identity));
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), {}, {}}));
    CHECK(countFound(script.dialog()) == 0);
    REQUIRE(findingAt(script.dialog(), Field::Identity));
    script.press(ControlKind::LookUp);
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), several(), {}}));
    CHECK_FALSE(findingAt(script.dialog(), Field::Identity));
}

TEST_CASE("what was refused loses its tick and is told why, and the rest can be created at once") {
    const Finding revoked{
        Field::Serial, FindingCode::CertificateUnusable, {{"serial", "aa02"}, {"status", "revoked"}}};
    const Finding gone{Field::Serial, FindingCode::SerialNotRegistered, {{"count", "4"}, {"serial", "aa05"}}};
    for (const Finding& refusal : {revoked, gone}) {
        Script script;
        look(script, several());
        script.press(ControlKind::Submit);
        auto now = several();
        if (refusal == revoked)
            now[1].status = CertificateStatus::Revoked;
        else
            now.pop_back();
        script.fail("certificates", ProblemCode::Findings, {refusal});
        script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), now, {}}));
        CHECK(script.dialog().draft.serials == Serials{refusal == revoked ? "aa05" : "aa02"});
        REQUIRE(findingAt(script.dialog(), Field::Serial));
        CHECK(*findingAt(script.dialog(), Field::Serial) == refusal);
        script.press(ControlKind::Submit);
        CHECK(sends(script));
    }
}

TEST_CASE("what was ticked by hand stays ticked after a refusal, as far as it is there") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 4);  // of the two that are ticked by themselves, one goes
    script.press(ControlKind::Submit);
    script.fail(
        "certificates", ProblemCode::Findings,
        {{Field::Serial, FindingCode::CertificateUnusable, {{"serial", "aa02"}, {"status", "revoked"}}}});
    auto now = several();
    now[1].status = CertificateStatus::Revoked;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), now, {}}));
    CHECK(script.dialog().draft.serials == Serials{"aa02"});
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));  // a question stands before it now
    CHECK(script.dialog().doubt == Doubt::Asked);
}
