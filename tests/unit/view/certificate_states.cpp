#include "states.h"

namespace smartca::view::test {

namespace {

using app::ControlKind;
using app::Phase;
using app::State;

CertificateDetails detailsOf(const Certificate& certificate) {
    CertificateDetails details;
    details.certificate = certificate;
    details.certificate.serial = "540101014e4653549c5a6fdcb9c89999";
    details.source = CertificateSource::Kept;
    CertificateContent& content = details.content.emplace();
    content.subject.parts = {{"C", "VN"},
                             {"ST", "HÀ NỘI"},
                             {"T", "Giám đốc"},
                             {"CN", "Nguyễn Văn A"},
                             {"UID", "CCCD:001099000001"},
                             {"2.5.4.97", "VATVN-0100684378"}};
    content.issuer.parts = {{"C", "VN"}, {"O", std::string(120, 'x')}, {"CN", "VNPT SmartCA RS"}};
    content.serial = details.certificate.serial;
    content.validFrom = certificate.validFrom;
    content.validTo = certificate.validTo;
    content.publicKey = {"EC", 256, "P-256"};
    content.signatureAlgorithm = "RSA-SHA256";
    content.keyUsage = {KeyUsage::DigitalSignature, KeyUsage::NonRepudiation, KeyUsage::KeyEncipherment,
                        KeyUsage::DataEncipherment, KeyUsage::KeyAgreement};
    content.extendedKeyUsage = {"clientAuth", "emailProtection", "2.999.5"};
    content.fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    content.crl = {"http://crl.example.vn/" + std::string(80, 'a') + ".crl", "http://crl.example.vn/b.crl"};
    content.caIssuers = {"http://ca.example.vn/ca.cer"};
    details.chain = {ChainVerdict::Verified, {"Nguyễn Văn A", "VNPT SmartCA RS", "Vietnam Root CA"}, {}};
    return details;
}

}  // namespace

std::vector<Sample> certificateSamples(const app::State& page) {
    std::vector<Sample> all;
    const auto details = [&](std::string name, auto change, app::Control focused = {}) {
        Sample& sample = all.emplace_back(Sample{std::move(name), page, focused});
        app::DetailsState& shown = sample.state.details.emplace();
        shown.certificate = sample.state.list.certificates.value.items[0];
        shown.details.phase = Phase::Ready;
        shown.details.value = detailsOf(shown.certificate);
        shown.answered = true;
        change(shown);
    };
    details("details", [](app::DetailsState&) {}, {ControlKind::DetailsCopySerial, 0});
    details("details-copied",
            [](app::DetailsState& shown) { shown.copied = ControlKind::DetailsCopyFingerprint; });
    details("details-not-copied",
            [](app::DetailsState& shown) { shown.notCopied = ControlKind::DetailsCopySerial; });
    for (const app::Phase phase : {app::Phase::Loading, app::Phase::Failed})
        details(phase == app::Phase::Loading ? "details-of-address" : "details-of-address-failed",
                [phase](app::DetailsState& shown) {
                    shown = {};
                    shown.certificate.id = 2;
                    shown.certificate.name = "Loading…";
                    shown.details.phase = phase;
                });
    details("details-loading", [](app::DetailsState& shown) {
        shown.details = {.phase = Phase::Loading, .value = {}, .problem = {}, .request = 1};
        shown.answered = false;
        shown.certificate.name = std::string(200, 'W');
    });
    details("details-first", [](app::DetailsState& shown) {
        shown.details.phase = Phase::Loading;
        shown.answered = false;
        shown.details.value = {};
        shown.details.value.certificate = shown.certificate;
    });
    details("details-failed", [](app::DetailsState& shown) {
        shown.details.phase = Phase::Failed;
        shown.details.problem = trouble(ProblemCode::PortalRefused);
        shown.details.problem.upstreamMessage = "Không có quyền xem chứng thư số của người dùng này";
    });
    for (std::size_t i = 0; i < static_cast<std::size_t>(ChainVerdict::Count); ++i)
        details("details-verdict-" + std::to_string(i), [i](app::DetailsState& shown) {
            CertificateDetails& value = shown.details.value;
            value.chain.verdict = static_cast<ChainVerdict>(i);
            value.chain.missingIssuer = "VNPT Certification Authority " + std::string(90, 'G');
        });
    for (std::size_t i = 0; i < static_cast<std::size_t>(CertificateSource::Count); ++i)
        details("details-source-" + std::to_string(i), [i](app::DetailsState& shown) {
            CertificateDetails& value = shown.details.value;
            value.source = static_cast<CertificateSource>(i);
            if (value.source == CertificateSource::Kept || value.source == CertificateSource::Asked) return;
            value.chain = {ChainVerdict::NotKept, {}, {}};
            value.content.reset();
            value.certificate.subject = kSubject;
            value.certificate.issuer = "CN=VNPT SmartCA RS,C=VN";
        });
    const auto rename = [&](std::string name, auto change, app::Control focused = {}) {
        Sample& sample = all.emplace_back(Sample{std::move(name), page, focused});
        app::RenameState& shown = sample.state.rename.emplace();
        shown.certificate = sample.state.list.certificates.value.items[0];
        shown.name = shown.certificate.name;
        change(sample.state);
    };
    rename("rename", [](State&) {}, {ControlKind::RenameName, 0});
    rename("rename-empty", [](State& state) { state.rename->name.clear(); });
    rename("rename-fault", [](State& state) {
        state.rename->name = std::string(201, 'a');
        state.rename->showsFault = true;
    });
    rename("rename-busy", [](State& state) { state.rename->submitting = 7; });
    rename("rename-refused", [](State& state) {
        state.rename->certificate.name = std::string(200, 'W');
        state.rename->banner = trouble(ProblemCode::OutcomeUnknown);
    });
    rename("rename-discard", [](State& state) { state.confirm.question = app::Question::DiscardDraft; });
    return all;
}

}  // namespace smartca::view::test
