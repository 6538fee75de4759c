#include "proxy/x509/authorities.h"

#include <doctest/doctest.h>
#include <openssl/err.h>

#include <fstream>

#include "issuing.h"
#include "proxy/base/file.h"
#include "proxy/x509/certificate.h"

using namespace smartca;
using namespace smartca::x509;
using namespace smartca::x509::test;

namespace {

struct Folder : base::ScratchFolder {
    std::string holding(const std::string& text) const {
        std::ofstream(path() + "/ca.pem") << text;
        return path() + "/ca.pem";
    }
};

Authorities trusting(const std::string& pem) {
    const Folder folder;
    auto loaded = Authorities::load(folder.holding(pem));
    REQUIRE(loaded);
    return std::move(loaded).value();
}

std::string faultOf(const std::string& pem) {
    const Folder folder;
    const auto loaded = Authorities::load(folder.holding(pem));
    REQUIRE_FALSE(loaded);
    return loaded.error();
}

// A root, an intermediate below it, and both trusted as an operator would name them.
struct World {
    Issued root = issue(authoritySpec("Vietnam National Root CA"));
    Issued intermediate = issue(authoritySpec("VNPT SmartCA RS"), &root);
    Authorities authorities = trusting(root.pem() + intermediate.pem());

    CertificateChain verdictOn(const Spec& spec, Instant now = kNow) const {
        return authorities.verify(issue(spec, &intermediate).der(), now);
    }
};
using Path = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(World, "a certificate below a trusted root is verified, with the way up to it") {
    const auto chain = verdictOn({});
    CHECK(chain.verdict == ChainVerdict::Verified);
    CHECK((chain.path == Path{"Nguyễn Văn A", "VNPT SmartCA RS", "Vietnam National Root CA"}));
    CHECK(chain.missingIssuer.empty());
}

TEST_CASE_FIXTURE(World,
                  "what is expired, or not valid yet, is so at the time asked about, and shows its chain") {
    Spec spec;
    CHECK(verdictOn(spec, spec.validTo + 1).verdict == ChainVerdict::Expired);
    CHECK(verdictOn(spec, spec.validTo + 1).path.back() == "Vietnam National Root CA");
    CHECK(verdictOn(spec, spec.validFrom - 1).verdict == ChainVerdict::NotYetValid);
    CHECK(verdictOn(spec, spec.validFrom).verdict == ChainVerdict::Verified);
}

TEST_CASE_FIXTURE(World, "an issuer that is not named is unknown, and told by name") {
    const Issued stranger = issue(authoritySpec("Another CA"));
    const auto chain = authorities.verify(issue({}, &stranger).der(), kNow);
    CHECK(chain.verdict == ChainVerdict::IssuerUnknown);
    CHECK(chain.missingIssuer == "Another CA");
    CHECK((chain.path == Path{"Nguyễn Văn A"}));
    const auto withoutIntermediate = trusting(root.pem()).verify(issue({}, &intermediate).der(), kNow);
    CHECK(withoutIntermediate.verdict == ChainVerdict::IssuerUnknown);
    CHECK(withoutIntermediate.missingIssuer == "VNPT SmartCA RS");
}

TEST_CASE_FIXTURE(World, "an intermediate is not trusted by being named: its root has to be there") {
    const Issued otherRoot = issue(authoritySpec("Another root"));
    const auto chain =
        trusting(intermediate.pem() + otherRoot.pem()).verify(issue({}, &intermediate).der(), kNow);
    CHECK(chain.verdict == ChainVerdict::IssuerUnknown);
    CHECK(chain.missingIssuer == "Vietnam National Root CA");
}

TEST_CASE_FIXTURE(World, "a certificate that signs itself is not trusted, unless it is named") {
    const Issued self = issue();
    CHECK(authorities.verify(self.der(), kNow).verdict == ChainVerdict::SelfSigned);
    CHECK(authorities.verify(root.der(), kNow).verdict == ChainVerdict::Verified);
}

TEST_CASE_FIXTURE(World,
                  "a changed certificate has a wrong signature, and so has one of a false issuer's key") {
    std::string changed = issue({}, &intermediate).der();
    const auto at = changed.find("001099000001");
    REQUIRE(at != std::string::npos);
    changed[at] = '9';
    CHECK(authorities.verify(changed, kNow).verdict == ChainVerdict::SignatureWrong);
    const Issued pretender = issue(authoritySpec("VNPT SmartCA RS"));
    CHECK(authorities.verify(issue({}, &pretender).der(), kNow).verdict == ChainVerdict::SignatureWrong);
}

TEST_CASE_FIXTURE(World, "a critical extension that nobody understands breaks a rule, another one does not") {
    Spec spec;
    spec.extensions = {{"2.999.7", "critical,DER:0500"}};
    CHECK(verdictOn(spec).verdict == ChainVerdict::RuleBroken);
    spec.extensions = {{"2.999.7", "DER:0500"}};
    CHECK(verdictOn(spec).verdict == ChainVerdict::Verified);
}

TEST_CASE_FIXTURE(World, "a subscriber cannot issue certificates") {
    Spec mayNot;
    mayNot.subject = {{"CN", "Nguyễn Văn A"}};
    mayNot.extensions = {{"basicConstraints", "critical,CA:FALSE"}};
    const Issued subscriber = issue(mayNot, &intermediate);
    const auto wide = trusting(root.pem() + intermediate.pem() + subscriber.pem());
    const auto chain = wide.verify(issue({.subject = {{"CN", "Kẻ mạo danh"}}}, &subscriber).der(), kNow);
    CHECK(chain.verdict == ChainVerdict::RuleBroken);
}

TEST_CASE("an issuer whose own certificate has expired verifies nothing") {
    const Issued root = issue(authoritySpec("Root"));
    Spec old = authoritySpec("Old");
    old.validTo = kNow - 1;
    const Issued expired = issue(old, &root);
    CHECK(trusting(root.pem() + expired.pem()).verify(issue({}, &expired).der(), kNow).verdict ==
          ChainVerdict::IssuerNotValid);
}

TEST_CASE_FIXTURE(World, "SHA-1 is too weak to be believed") {
    Spec spec;
    spec.digest = EVP_sha1();
    CHECK(verdictOn(spec).verdict == ChainVerdict::Weak);
}

TEST_CASE("without authorities nothing is verified, and nothing cannot be verified") {
    const Authorities nobody;
    CHECK(nobody.verify(issue().der(), kNow).verdict == ChainVerdict::NotConfigured);
    CHECK(nobody.verify("", kNow).verdict == ChainVerdict::NotKept);
    CHECK(World().authorities.verify("", kNow).verdict == ChainVerdict::NotKept);
}

TEST_CASE_FIXTURE(World,
                  "a certificate that can be read but not checked is not told as one that breaks a rule") {
    const auto der = base::readFile(SMARTCA_VECTORS "/../cases/certificates/badutf8.der");
    REQUIRE(der);
    REQUIRE(readSummary(*der));
    CHECK(authorities.verify(*der, kNow).verdict == ChainVerdict::NotChecked);
}

TEST_CASE_FIXTURE(World, "what is no certificate crashes nothing and leaves no error behind") {
    const std::string der = issue({}, &intermediate).der();
    for (std::size_t i = 0; i < der.size(); ++i) {
        std::string changed = der;
        changed[i] = static_cast<char>(changed[i] ^ 0xff);
        CHECK(authorities.verify(changed, kNow).verdict != ChainVerdict::Verified);
    }
    CHECK(authorities.verify("no certificate", kNow).verdict == ChainVerdict::NotChecked);
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("a file that cannot be used is named with what to do") {
    CHECK(Authorities::load("/nowhere/ca.pem").error().find("/nowhere/ca.pem cannot be read") == 0);
    CHECK(faultOf("").find("no self-signed root") != std::string::npos);
    const Issued root = issue(authoritySpec("Root"));
    CHECK(faultOf(issue(authoritySpec("Sub"), &root).pem()).find("no self-signed root") != std::string::npos);
    std::string broken = root.pem();
    broken.replace(broken.find("MII"), 4, "AAAA");
    CHECK(faultOf(root.pem() + broken).find("cannot be read") != std::string::npos);
}
