#include "states.h"

#include "shared/signature_text.h"
#include "web/app/picks.h"

namespace smartca::view::test {

namespace {

using app::ControlKind;
using app::Phase;
using app::State;
using app::Visibility;

constexpr Instant kNow = 1795334640;  // 2026-11-22 15:04 in Vietnam

Instant day(std::string_view words) {
    return parseDay(words).value_or(0);
}

Certificate certificate(std::int64_t id, std::string name, std::string user, std::string identity,
                        std::string serial, CertificateStatus status, std::string_view from,
                        std::string_view to, bool isDefault) {
    Certificate made;
    made.id = id;
    made.name = std::move(name);
    made.userName = std::move(user);
    made.identity = std::move(identity);
    made.serial = std::move(serial);
    made.status = status;
    made.statusText = "Đang hoạt động";
    made.statusAsked = kNow;
    made.validFrom = day(from);
    made.validTo = day(to);
    made.isDefault = isDefault;
    return made;
}

RegisteredCertificate registered(std::string serial, std::string service, CertificateStatus status,
                                 std::string_view to, bool onList) {
    RegisteredCertificate made;
    made.serial = std::move(serial);
    made.commonName = "Nguyễn Văn A";
    made.subject = kSubject;
    made.serviceName = std::move(service);
    made.status = status;
    made.statusText = "Đang hoạt động";
    made.validTo = day(to);
    made.onList = onList;
    return made;
}

User user(UserId id, std::string name, std::string code, std::string phone, std::int64_t certificates) {
    return {.id = id,
            .code = std::move(code),
            .name = std::move(name),
            .phone = std::move(phone),
            .email = {},
            .certificateCount = certificates};
}

State page(Locale locale, app::Theme theme) {
    State state;
    state.locale = locale;
    state.theme = theme;
    state.now = kNow;
    state.session.phase = Phase::Ready;
    for (const FieldRule& rule : fieldTable())
        if (!isSavedEverywhere(rule.field)) state.session.value.saves.push_back(rule.field);
    CertificatePage& list = state.list.certificates.value;
    state.list.certificates.phase = Phase::Ready;
    list.items = {
        certificate(1, "Nguyễn Văn A 2026", "Nguyễn Văn A", "001099000001",
                    "540101014e4653549c5a6fdcb9c89999", CertificateStatus::Active, "07/03/2025", "07/03/2027",
                    true),
        certificate(2, "Trần Thị Bích Ngọc", "Trần Thị Bích Ngọc", "079305123456",
                    "54010101493c47d39f8a84b30ed55191", CertificateStatus::Expired, "18/07/2023",
                    "18/07/2026", false),
        certificate(3, "VNPT eSeal", "Tập đoàn VNPT", "0100684378", "540101013e3772189f6b3981df73bf0a",
                    CertificateStatus::Active, "27/01/2026", "27/01/2029", true),
        certificate(4, "Lê Hoàng Phúc", "Lê Hoàng Phúc", "B1234567", "5401010199ab53549c5a6fdcb912ef04",
                    CertificateStatus::Active, "02/01/2026", "12/12/2026", true)};
    list.items[2].type = CertificateType::Business;
    list.totalCount = list.allCount = 4;
    list.userCount = 4;
    return state;
}

std::string signatureText(Locale locale) {
    if (locale == Locale::English)
        return "Signed by: {{SubjectDN.CN}}\r\nPosition: {{SubjectDN.T}}\r\nSigned on: {{SignTime}}";
    return "Ký bởi: {{SubjectDN.CN}}\r\nChức vụ: {{SubjectDN.T}}\r\nKý ngày: {{SignTime}}";
}

app::DialogState& open(State& state) {
    app::DialogState& dialog = state.dialog.emplace();
    dialog.signature.defaults.phase = Phase::Ready;
    dialog.signature.settingsKnown = true;
    dialog.signature.resolved.text = {signatureText(state.locale), Provenance::Company};
    dialog.signature.resolved.mode = {DisplayMode::TextAndImage, Provenance::Company};
    dialog.signature.resolved.image = {StoredImage{}, Provenance::Company};
    dialog.signature.image = {.name = "signature.png",
                              .width = 640,
                              .height = 420,
                              .bytes = 38'912,
                              .phase = Phase::Ready,
                              .path = "signature"};
    return dialog;
}

app::DialogState& openWithUser(State& state) {
    app::DialogState& dialog = open(state);
    dialog.user.chosen = user(1, "Nguyễn Văn A", "USER01", "0919 000 111", 2);
    dialog.draft.userId = 1;
    dialog.user.search.text = "Nguyễn Văn A";
    dialog.draft.identity = "001099000001";
    dialog.identity = parseIdentity(dialog.draft.identity);
    dialog.signature.resolved.text.provenance = dialog.signature.resolved.mode.provenance =
        dialog.signature.resolved.image.provenance = Provenance::User;
    return dialog;
}

app::DialogState& lookedUp(State& state) {
    app::DialogState& dialog = openWithUser(state);
    dialog.lookup.answer.phase = Phase::Ready;
    dialog.lookup.hasAnswer = true;
    dialog.lookup.identity = dialog.identity.canonical;
    dialog.lookup.answer.value.identity = dialog.identity.canonical;
    dialog.lookup.user = dialog.lookup.listOf = dialog.draft.userId;
    dialog.lookup.answer.value.certificates = {
        registered("54010101493c47d39f8a84b30ed55191", "SMARTCA PERSONAL PRO", CertificateStatus::Active,
                   "18/07/2027", false),
        registered("540101013e3772189f6b3981df73bf0a", "ESEAL", CertificateStatus::Expired, "27/01/2026",
                   false),
        registered("540101014e4653549c5a6fdcb9c89999", "SMARTCA PERSONAL", CertificateStatus::Active,
                   "07/12/2026", true)};
    app::takeAnswer(dialog);
    app::tickByItself(dialog);
    return dialog;
}

// Somebody else's, one on another list, one revoked, one that could not be read.
app::DialogState& lookedUpSeveral(State& state) {
    app::DialogState& dialog = lookedUp(state);
    auto& found = dialog.lookup.answer.value.certificates;
    found[1].heldBy = {"Trần Thị Bích Ngọc", "Lê Hoàng Phúc"};
    found[1].status = CertificateStatus::Revoked;
    found[0].notes = {CertificateNote::SerialDiffers, CertificateNote::TextDamaged,
                      CertificateNote::NumberDiffers};
    found.push_back(registered("5401019b164696be451bd7b663c3396d", "SMARTCA BUSINESS",
                               CertificateStatus::Active, "23/09/2027", false));
    found.back().commonName = "Trần Quốc Bảo";
    found.back().subject = "CN=Trần Quốc Bảo";
    found.push_back(
        registered("5401019b164696be451bd7b663c3396e", "", CertificateStatus::Unknown, "23/09/2027", false));
    found.back().statusText = "CHO XU LY";
    dialog.lookup.answer.value.unreadable = {{"54010176", "Nguyễn Văn A", "ESEAL"}, {}};
    app::takeAnswer(dialog);
    app::tickByItself(dialog);
    return dialog;
}

app::DialogState& lookedUpMany(State& state, std::size_t count) {
    app::DialogState& dialog = lookedUp(state);
    auto& found = dialog.lookup.answer.value.certificates;
    while (found.size() < count) {
        found.push_back(found.front());
        found.back().serial.replace(10, 6, std::to_string(100'000 + found.size()));
        if (found.size() % 30 == 0) found.back().commonName = "Vũ Thị Thu Hằng";
    }
    app::takeAnswer(dialog);
    app::tickByItself(dialog);
    return dialog;
}

app::DialogState& business(State& state) {
    app::DialogState& dialog = lookedUp(state);
    dialog.draft.identity = "0100684379";
    dialog.identity = parseIdentity(dialog.draft.identity);
    dialog.lookup.identity = dialog.identity.canonical;
    dialog.draft.businessAccount = Switch::On;
    dialog.draft.secretKey = "ABCDEFGHIJKLMNOP";
    dialog.secrets.code = {"428117", 19};
    dialog.signature.resolved.text.provenance = dialog.signature.resolved.mode.provenance =
        dialog.signature.resolved.image.provenance = Provenance::Edited;
    dialog.validation.submitted = true;
    dialog.validation.findings = {
        {Field::Identity, FindingCode::IdentityCheckDigit, {{"suggestion", "0100684378"}}},
        {Field::Serial, FindingCode::SerialRequired, {{"count", "3"}}},
        {Field::Password, FindingCode::Required, {}}};
    return dialog;
}

Page<User> users() {
    Page<User> page;
    page.items = {user(1, "Nguyễn Văn A", "USER01", "0919 000 111", 2),
                  user(14, "Nguyễn Văn An", "USER14", "0919 000 014", 0),
                  user(27, "Nguyễn Vân Anh", "USER27", "0919 000 027", 1)};
    page.totalCount = 214;
    page.allCount = 900;
    return page;
}

std::vector<Sample> pageSamples(Locale locale, app::Theme theme) {
    std::vector<Sample> all;
    const auto add = [&](std::string name, auto change, app::Control focused = {}) {
        Sample& sample = all.emplace_back(Sample{std::move(name), page(locale, theme), focused});
        change(sample.state);
    };
    add("list", [](State&) {});
    add("list-empty", [](State& state) { state.list.certificates.value = {}; });
    add("list-added-gone", [](State& state) {
        state.list.certificates.value = {};
        state.list.only = {252};
    });
    add("list-no-match", [](State& state) {
        state.list.certificates.value = {};
        state.list.search = "zzz";
    });
    add("list-loading", [](State& state) {
        state.list.certificates = {.phase = Phase::Loading, .value = {}, .problem = {}, .request = 1};
    });
    add("list-reloading", [](State& state) { state.list.certificates.phase = Phase::Loading; });
    add("list-failed", [](State& state) {
        state.list.certificates.phase = Phase::Failed;
        state.list.certificates.value = {};
        state.list.certificates.problem = trouble(ProblemCode::Unavailable);
    });
    add("list-stale", [](State& state) {
        state.list.certificates.phase = Phase::Failed;
        state.list.certificates.problem = trouble(ProblemCode::Unavailable);
        state.list.stale = true;
    });
    add("list-only-added", [](State& state) {
        state.list.added = state.list.certificates.value.items;
        state.list.only = {1, 2, 3, 4};
    });
    add("list-incomplete", [](State& state) { state.list.certificates.value.complete = false; });
    add("list-paged", [](State& state) {
        state.list.certificates.value.totalCount = 37;
        state.list.added = {state.list.certificates.value.items[1]};
    });
    add("list-of-many", [](State& state) { state.list.certificates.value.totalCount = 1'001; });
    add("row-menu", [](State& state) {
        state.list.openMenu = 1;
        state.list.activeItem = 0;
    });
    add("row-menu-last", [](State& state) { state.list.openMenu = 3; });
    add("filter-type", [](State& state) { state.list.type.list = Visibility::Shown; },
        {ControlKind::FilterType, 0});
    add("filter-status", [](State& state) {
        state.list.status = {1, 2, Visibility::Shown};
        state.list.validFrom = "31/02/2026";
        state.list.validFromFault = app::DayFault::NoDay;
    });
    add("filter-user",
        [](State& state) {
            state.list.user.list = Visibility::Shown;
            state.list.user.active = 1;
            state.list.user.results.phase = Phase::Ready;
            state.list.user.results.value = users();
        },
        {ControlKind::FilterUser, 0});
    add("created", [](State& state) {
        const bool english = state.locale == Locale::English;
        state.notices = {{app::NoticeKind::Success,
                          english ? "2 digital certificates created" : "Đã tạo 2 chứng thư số",
                          english ? "Added for Nguyễn Văn A. 1 was already on the list."
                                  : "Đã thêm cho Nguyễn Văn A. 1 đã có trong danh sách."}};
    });
    add("create-left", [](State& state) {
        app::LeftCreate& left = state.left.emplace_back();
        left.number = 1;
        left.dialog.submission.request = 9;
        left.dialog.submission.seconds = 45;
        left.dialog.submission.user = "Nguyễn Văn A";
        const bool english = state.locale == Locale::English;
        state.notices = {
            {.kind = app::NoticeKind::Success,
             .title = english ? "2 digital certificates created" : "Đã tạo 2 chứng thư số",
             .text = english ? "Added for Nguyễn Văn A." : "Đã thêm cho Nguyễn Văn A.",
             .action = app::NoticeAction::Show},
            {.kind = app::NoticeKind::Error,
             .title = format(state.locale, Message::LeftFailed, {{"user", "Trần Thị Bích Ngọc"}}),
             .text = brief(state.locale, trouble(ProblemCode::UpstreamTimeout)),
             .action = app::NoticeAction::OpenAgain}};
    });
    add("notices", [](State& state) {
        state.notices = {
            {app::NoticeKind::Information, "Nothing new to add",
             "All 3 certificates were already on the list."},
            {app::NoticeKind::Error, "“VNPT eSeal” was not deleted", "VNPT SmartCA does not answer"}};
    });
    add("same-names", [](State& state) {
        std::vector<Certificate>& rows = state.list.certificates.value.items;
        rows[1].name = rows[2].name = rows[3].name = rows[0].name;
        rows[3].serial = rows[2].serial;
    });
    add("delete-confirm", [](State& state) {
        state.confirm.question = app::Question::DeleteCertificate;
        state.confirm.certificate = state.list.certificates.value.items[0];
    });
    return all;
}

std::vector<Sample> dialogSamples(Locale locale, app::Theme theme) {
    std::vector<Sample> all;
    const auto add = [&](std::string name, auto change, app::Control focused = {}) {
        Sample& sample = all.emplace_back(Sample{std::move(name), page(locale, theme), focused});
        change(sample.state);
    };
    add("dialog-empty", [](State& state) { open(state); }, {ControlKind::User, 0});
    add("dialog-user", [](State& state) { openWithUser(state); });
    add("dialog-lookup",
        [](State& state) { lookedUp(state).draft.serial = "54010101493c47d39f8a84b30ed55191"; });
    add("dialog-lookup-all", [](State& state) { lookedUp(state); }, {ControlKind::SignatureText, 0});
    add("dialog-looking-up", [](State& state) {
        openWithUser(state).lookup.answer = {
            .phase = Phase::Loading, .value = {}, .problem = {}, .request = 1};
    });
    add("dialog-lookup-none", [](State& state) {
        app::DialogState& dialog = lookedUp(state);
        dialog.lookup.answer.value.certificates.clear();
        app::takeAnswer(dialog);
    });
    add("dialog-lookup-unknown", [](State& state) {
        app::DialogState& dialog = lookedUp(state);
        dialog.lookup.answer.value.certificates.clear();
        dialog.lookup.answer.value.personUnknown = true;
        app::takeAnswer(dialog);
    });
    add("dialog-lookup-several", [](State& state) { lookedUpSeveral(state); });
    add("dialog-lookup-unreadable", [](State& state) {
        lookedUpSeveral(state).lookup.answer.value.certificates.clear();
        app::takeAnswer(*state.dialog);
    });
    add("dialog-lookup-nine",
        [](State& state) {
            lookedUpMany(state, 9).lookup.search = "zzz";
            app::takeAnswer(*state.dialog);
        },
        {ControlKind::PickSearch, 0});
    add("dialog-lookup-many", [](State& state) { lookedUpMany(state, 200); }, {ControlKind::Pick, 0});
    add("dialog-lookup-searched", [](State& state) {
        lookedUpMany(state, 200).lookup.search = "hang";
        app::takeAnswer(*state.dialog);
    });
    add("dialog-locked", [](State& state) {
        app::DialogState& dialog = lookedUp(state);
        dialog.draft.serials.clear();
        Prefill& prefill = state.session.value.prefill;
        prefill.values = dialog.draft;
        prefill.locked.assign(kPrefillFields.begin(), kPrefillFields.end());
    });
    add("dialog-looks-up", [](State& state) { open(state).mode = app::Mode::Lookup; },
        {ControlKind::Identity, 0});
    add("dialog-looks-up-found", [](State& state) {
        app::DialogState& dialog = lookedUpSeveral(state);
        dialog.mode = app::Mode::Lookup;
        dialog.draft.serials.clear();
    });
    add("dialog-looks-up-many", [](State& state) {
        app::DialogState& dialog = lookedUpMany(state, 200);
        dialog.mode = app::Mode::Lookup;
        dialog.draft.serials.clear();
    });
    add("dialog-looks-up-running", [](State& state) {
        app::DialogState& dialog = openWithUser(state);
        dialog.mode = app::Mode::Lookup;
        dialog.lookup.answer.phase = Phase::Loading;
        dialog.lookup.answer.request = 5;
        dialog.lookup.identity = dialog.identity.canonical;
    });
    add("dialog-doubt", [](State& state) {
        app::DialogState& dialog = lookedUpSeveral(state);
        dialog.lookup.answer.value.certificates[0].notes.clear();  // this one is in no doubt
        app::takeAnswer(dialog);
        app::tickOnly(dialog, {0, 3});
        dialog.doubt = app::Doubt::Asked;
    });
    add("dialog-doubt-back", [](State& state) {
        app::DialogState& dialog = lookedUpSeveral(state);
        app::tickOnly(dialog, {1, 3});
        dialog.doubt = app::Doubt::Asked;
    });
    add("dialog-lookup-long", [](State& state) {
        app::DialogState& dialog = lookedUpSeveral(state);
        dialog.user.chosen->name = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Thảo Nguyên và các cộng sự";
        app::tickOnly(dialog, {0, 4});
    });
    add("dialog-lookup-anybody", [](State& state) {
        app::DialogState& dialog = lookedUpSeveral(state);
        dialog.user = {};
        dialog.draft.userId = dialog.lookup.user = dialog.lookup.listOf = 0;
        app::takeAnswer(dialog);
        app::tickByItself(dialog);
    });
    add("dialog-business", [](State& state) { business(state); });
    add("dialog-business-kept", [](State& state) {
        app::DialogState& dialog = business(state);
        dialog.draft.businessAccount = Switch::Off;
        dialog.validation = {};
    });
    add("image-refused", [](State& state) {
        app::DialogState& dialog = openWithUser(state);
        const Finding why = {Field::SignatureImage, FindingCode::ImageNotPngOrJpeg, {}};
        dialog.signature.refused = app::RefusedImage{"scan.pdf", why};
        dialog.validation.findings = {why};
        dialog.validation.touched.set(static_cast<std::size_t>(Field::SignatureImage));
    });
    add("dialog-revealed", [](State& state) {
        app::DialogState& dialog = business(state);
        dialog.draft.password = "Mật khẩu 123";
        dialog.secrets.password = dialog.secrets.secretKey = Visibility::Shown;
        dialog.signature.resolved.mode.value = DisplayMode::ImageOnly;
    });
    add("dialog-code", [](State& state) {
        app::DialogState& dialog = business(state);
        dialog.secrets.link = app::PastedLink{"SmartCA", SecretKeyDoubt::None};
        state.clockAhead = 252;
    });
    add("dialog-code-awaited", [](State& state) {
        app::DialogState& dialog = business(state);
        dialog.draft.secretKey.clear();
        dialog.secrets.code = {};
        state.clockAhead = -3 * 86'400;
    });
    add("dialog-numbers", [](State& state) {
        app::DialogState& dialog = openWithUser(state);
        dialog.draft.identity.clear();
        dialog.identity = {};
        dialog.signature.defaults.value.identities = {"001099000001", "0100684378"};
    });
    add("dialog-two-readings", [](State& state) {
        app::DialogState& dialog = openWithUser(state);
        dialog.draft.identity = "1200123456";
        dialog.identity = parseIdentity(dialog.draft.identity);
        dialog.validation.findings = {{Field::Identity,
                                       FindingCode::IdentityTwoReadings,
                                       {{"suggestion", "001200123456"}, {"other", "1200123459"}}}};
    });
    add("dialog-placeholders",
        [](State& state) {
            app::DialogState& dialog = lookedUp(state);
            dialog.draft.serial = "54010101493c47d39f8a84b30ed55191";
            std::string& text = dialog.signature.resolved.text.value;
            text = signatureText(state.locale) + "\r\nID: {{s";
            dialog.signature.resolved.text.provenance = Provenance::Edited;
            app::PlaceholderMenu& menu = dialog.signature.menu;
            menu.list = Visibility::Shown;
            menu.typed = "s";
            menu.isOpen = true;
            menu.end = withLineFeeds(text).size();
            menu.begin = menu.end - 3;
            menu.active = 1;
        },
        {ControlKind::SignatureText, 0});
    add("dialog-placeholders-all", [](State& state) { open(state).signature.menu.list = Visibility::Shown; },
        {ControlKind::SignatureText, 0});
    add("dialog-text-too-long", [](State& state) {
        std::string& text = openWithUser(state).signature.resolved.text.value;
        for (int i = 0; i < 20; ++i)
            text += "\nline";
    });
    add("dialog-text-smaller", [](State& state) {
        std::string& text = openWithUser(state).signature.resolved.text.value;
        for (int i = 0; i < 5; ++i)
            text += "\nline";
    });
    add("dialog-users",
        [](State& state) {
            app::DialogState& dialog = open(state);
            dialog.user.search.text = dialog.user.search.searched = "nguyễn v";
            dialog.user.search.list = Visibility::Shown;
            dialog.user.search.active = 1;
            dialog.user.search.results.phase = Phase::Ready;
            dialog.user.search.results.value = users();
        },
        {ControlKind::User, 0});
    add("dialog-users-loading",
        [](State& state) {
            app::DialogState& dialog = open(state);
            dialog.user.search.list = Visibility::Shown;
            dialog.user.search.results.phase = Phase::Loading;
        },
        {ControlKind::User, 0});
    add("dialog-users-none", [](State& state) {
        app::DialogState& dialog = open(state);
        dialog.user.search.text = dialog.user.search.searched = "zzz";
        dialog.user.search.list = Visibility::Shown;
        dialog.user.search.results.phase = Phase::Ready;
    });
    add("dialog-saves-nothing", [](State& state) {
        openWithUser(state);
        state.session.value.saves.clear();
    });
    add("gateway-down", [](State& state) {
        app::DialogState& dialog = openWithUser(state);
        dialog.banner.trouble = trouble(ProblemCode::UpstreamTimeout);
        dialog.banner.retry = app::Retry::Create;
    });
    add("banner-dismiss", [](State& state) {
        app::DialogState& dialog = openWithUser(state);
        dialog.banner.trouble = trouble(ProblemCode::NotAllowed);
    });
    add("dialog-busy", [](State& state) { lookedUp(state).submission.request = 7; });
    add("takes-long", [](State& state) {
        app::DialogState& dialog = lookedUp(state);
        dialog.submission.request = 7;
        dialog.submission.seconds = 14;
    });
    add("nothing-new", [](State& state) {
        lookedUp(state).banner = {
            .trouble = {}, .outcomeTitle = "Nothing new to add", .outcome = "2 were already on the list."};
    });
    add("dialog-text-only", [](State& state) {
        app::DialogState& dialog = openWithUser(state);
        dialog.signature.resolved.mode.value = DisplayMode::TextOnly;
        dialog.signature.resolved.text.value =
            "{{Name}} {{Chức danh}}\n" + std::string(300, 'x') +
            "\nĐơn vị: {{SubjectDN.O}} / {{SubjectDN.OU}} / {{SubjectDN.UID}}\n\n{{Reason}}";
        dialog.signature.image = {};
    });
    add("image-unseen", [](State& state) { lookedUp(state).signature.image.phase = Phase::Failed; });
    add("image-preparing", [](State& state) {
        openWithUser(state).signature.preparation = app::ImagePreparation{
            "IMG_2041.jpg", 4'089'446, app::ImageStep::Turning, 60, app::Visibility::Shown};
    });
    add("image-prepared", [](State& state) {
        app::SignatureState& signature = openWithUser(state).signature;
        signature.resolved.image.provenance = Provenance::Edited;
        signature.image = {.name = "IMG_2041.jpg",
                           .width = 720,
                           .height = 472,
                           .bytes = 86'016,
                           .phase = Phase::Ready,
                           .path = {}};
        signature.image.changes = app::kImageTurned | app::kImageConverted | app::kImageSmaller;
        signature.image.bytesAsChosen = 4'089'446;
    });
    add("dialog-no-text", [](State& state) {
        app::DialogState& dialog = open(state);
        dialog.signature.resolved.text.value.clear();
        dialog.signature.image = {};
    });
    add("discard", [](State& state) {
        openWithUser(state);
        state.confirm.question = app::Question::DiscardDraft;
    });
    add("embedded", [](State& state) {
        open(state);
        state.opening = app::Opening::Dialog;
    });
    return all;
}

}  // namespace

app::Trouble trouble(ProblemCode code) {
    app::Trouble trouble;
    trouble.code = code;
    trouble.requestId = "7f3a-91c2";
    return trouble;
}

std::vector<Sample> samples(Locale locale, app::Theme theme) {
    std::vector<Sample> all = pageSamples(locale, theme);
    for (Sample& sample : dialogSamples(locale, theme))
        all.push_back(std::move(sample));
    for (Sample& sample : certificateSamples(page(locale, theme)))
        all.push_back(std::move(sample));
    return all;
}

}  // namespace smartca::view::test
