// What Create asks once before it sends.
#include <doctest/doctest.h>

#include "looking.h"
#include "web/app/dialogs.h"

using namespace smartca;
using namespace smartca::app;

TEST_CASE("Create asks once before it adds a certificate of somebody else, and without it adds the others") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.dialog().doubt == Doubt::Asked);
    CHECK(script.focused(ControlKind::DoubtWithout));
    CHECK(script.announced(
        "Add a certificate of Trần Quốc Bảo to the list of Nguyễn Văn A · USER7? Documents signed "
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
    CHECK(doubtWords(Locale::English, script.dialog()).text == "Revoked.");
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
    CHECK(script.request("certificates").body.find("\"agreed\":[\"unusable\"]") != std::string::npos);
}

TEST_CASE("where nothing would be left without it, one can only go back") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active, "Trần Quốc Bảo")});
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).without.empty());
    CHECK(script.focused(ControlKind::DoubtBack));
    script.press(ControlKind::DoubtBack);
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
          "Add 2 certificates of other persons to the list of Nguyễn Văn A · USER7?");
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).text == "Of other persons (2). Suspended (1).");
}

TEST_CASE("several of one other person are that person's") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active, "Trần Quốc Bảo"),
                  found("aa02", CertificateStatus::Active, "Trần Quốc Bảo")});
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Submit);
    const DoubtWords words = doubtWords(Locale::English, script.dialog());
    CHECK(words.title == "Add 2 certificates of Trần Quốc Bảo to the list of Nguyễn Văn A · USER7?");
    CHECK(words.text == "Documents signed with them carry the name Trần Quốc Bảo.");
}

TEST_CASE("what could not be read is counted, and Create goes on without it only after a yes") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active)}, {{"bb02", "", "ESEAL"}});
    CHECK(foundWords(Locale::English, script.dialog()) ==
          "2 certificates at VNPT SmartCA, 1 could not be read");
    CHECK(foot(script) == "Adds 1 certificate to the list of Nguyễn Văn A · USER7.");
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(doubtWords(Locale::English, script.dialog()).title ==
          "Create without 1 certificate that could not be read?");
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
    CHECK(script.request("certificates").body.find("\"serials\":[\"aa01\"]") != std::string::npos);
}

TEST_CASE("of those that SmartCA counts and did not send, each is counted and asked about") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active), found("aa02", CertificateStatus::Active)},
         std::vector<UnreadableCertificate>(13));
    CHECK(foundWords(Locale::English, script.dialog()) ==
          "15 certificates at VNPT SmartCA, 13 could not be read");
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).title ==
          "Create without 13 certificates that could not be read?");
}

TEST_CASE("an expired one that is ticked by hand is asked about, and is no agreement to more than that") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.announced("Add a certificate that cannot be used now? Expired."));
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
    CHECK(script.request("certificates").body.find("unusable") == std::string::npos);
}

TEST_CASE("one that has expired since the look-up is asked about, though it was ticked by itself") {
    constexpr Instant kNow = 1'795'000'000;
    Script script;
    script.happen(ClockRead{kNow, 0});
    RegisteredCertificate certificate = registered(std::string(kSerialA));
    certificate.validTo = kNow + 30;
    look(script, {certificate});
    CHECK(ticked(script.dialog()).size() == 1);
    script.happen(ClockRead{kNow + 60, 60});
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.announced("Add a certificate that cannot be used now? Expired."));
}

TEST_CASE("the question names each kind that is ticked, in the words of the rows, and no other") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Expired), found("aa02", CertificateStatus::Revoked),
                  found("aa03", CertificateStatus::Suspended), found("aa04", CertificateStatus::Pending),
                  found("aa05", CertificateStatus::Suspended), found("aa06", CertificateStatus::Unknown)});
    for (const int place : {0, 2, 3, 4})
        script.press(ControlKind::Pick, place);
    script.press(ControlKind::Submit);
    const DoubtWords words = doubtWords(Locale::Vietnamese, script.dialog());
    CHECK(words.title == "Thêm 4 chứng thư số hiện không dùng được?");
    CHECK(words.text == "Trạng thái: Hết hạn (1), Tạm ngừng (2), Chờ kích hoạt (1).");
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
    CHECK(script.request("certificates").body.find("\"agreed\":[\"unusable\"]") != std::string::npos);
}

TEST_CASE("a status that is not known is not called unusable") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active), found("aa02", CertificateStatus::Unknown)});
    script.press(ControlKind::Pick, 1);
    script.press(ControlKind::Submit);
    const DoubtWords words = doubtWords(Locale::English, script.dialog());
    CHECK(words.title == "Add a certificate that needs a second look?");
    CHECK(words.text == "Status unknown.");
}

TEST_CASE("of a certificate that carries another number nothing is said about SmartCA's list") {
    Script script;
    auto certificates = several();
    certificates[4].notes = {CertificateNote::NumberDiffers};
    look(script, certificates);
    script.press(ControlKind::Pick, 4);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).text ==
          "Carries another number than the one that was looked up.");
}

TEST_CASE("one that SmartCA's list describes otherwise is asked about, and Create goes on without it") {
    Script script;
    auto certificates = several();
    certificates[4].notes = {CertificateNote::SubjectDiffers};
    look(script, certificates);
    script.press(ControlKind::Pick, 4);
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(
        script.announced("Add a certificate that needs a second look? SmartCA’s list says another holder."));
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).text ==
          "Expired (1). SmartCA’s list says another holder (1).");
    script.press(ControlKind::DoubtWithout);
    CHECK(sends(script));
    CHECK(script.dialog().draft.serials == Serials{"aa02"});
}

TEST_CASE("one that is on another user's list is ticked by itself, and asked about") {
    Script script;
    auto certificates = several();
    certificates[1].heldBy = {"Trần Thị Bích Ngọc"};
    look(script, certificates);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05"});
    script.press(ControlKind::Submit);
    CHECK_FALSE(sends(script));
    CHECK(script.announced("Add a certificate that needs a second look? On another user's list."));
    script.press(ControlKind::DoubtWithout);
    CHECK(sends(script));
    CHECK(script.dialog().draft.serials == Serials{"aa05"});
}

TEST_CASE("somebody else's certificate on somebody else's list is asked about with both reasons") {
    Script script;
    auto certificates = several();
    certificates[1].heldBy = {"Lê Hoàng Phúc"};
    certificates[2].heldBy = {"Trần Quốc Bảo"};
    look(script, certificates);
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).text ==
          "Of other persons (1). On another user's list (2).");
    script.press(ControlKind::DoubtWith);
    CHECK(sends(script));
}

TEST_CASE("every question can be gone back from, and nothing of what was ticked changes") {
    Script script;
    look(script, several(), {{"bb02", "", "ESEAL"}});
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    CHECK(doubtWords(Locale::English, script.dialog()).without == "Create without it");
    // Without it, too, what could not be read would be left out.
    CHECK(script.focused(ControlKind::DoubtBack));
    script.press(ControlKind::DoubtBack);
    CHECK_FALSE(sends(script));
    CHECK(script.focused(ControlKind::Submit));
    CHECK(script.dialog().doubt == Doubt::None);
    CHECK(script.dialog().draft.serials == Serials{"aa02", "aa05", "aa03"});
}

TEST_CASE(
    "a list that is looked up again while the question stands is asked about anew, or leads to Create") {
    Script script;
    const LookupAnswer others{std::string(kIdentity),
                              {found("aa01", CertificateStatus::Active, "Trần Quốc Bảo")}};
    look(script, others.certificates);
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    Turn turn{script.state};
    lookUp(turn, LookupTrigger::ListPassed);
    script.happen(Answered{script.dialog().lookup.answer.request, 200, bodyOf(others)});
    CHECK(script.dialog().doubt == Doubt::Asked);
    CHECK(script.focused(ControlKind::DoubtBack));
    lookUp(turn, LookupTrigger::ListPassed);
    script.happen(Answered{script.dialog().lookup.answer.request, 0, ""});
    CHECK(script.dialog().doubt == Doubt::None);
    CHECK(script.focused(ControlKind::Submit));
}

TEST_CASE("an image that comes while the question stands leaves it standing, and is sent") {
    Script script;
    look(script, several());
    script.press(ControlKind::Pick, 2);
    script.press(ControlKind::Submit);
    script.happen(ImageChosen{"a.png", pngOf(64, 42)});
    CHECK(script.dialog().doubt == Doubt::Asked);
    script.press(ControlKind::DoubtWith);
    CHECK(script.request("certificates").body.find("\"name\":\"a.png\"") != std::string::npos);
}
