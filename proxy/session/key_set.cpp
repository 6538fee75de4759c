#include "proxy/session/key_set.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "shared/json_guard.h"
#include "shared/object_reader.h"
#include "shared/text.h"

namespace smartca::session {
namespace {

using nlohmann::json;

constexpr std::size_t kSmallestSecret = 32;  // bytes: RFC 7518 §3.2
constexpr int kSmallestModulus = 2048;       // bits: RFC 7518 §3.3
constexpr int kLargestModulus = 4096;        // a check of a larger one keeps everybody waiting
constexpr std::size_t kCoordinateSize = 32;  // of P-256
constexpr std::array<std::string_view, 4> kAlgorithmNames = {"EdDSA", "ES256", "RS256", "HS256"};
constexpr std::array<std::string_view, 4> kKeyTypes = {"OKP", "EC", "RSA", "oct"};  // of those algorithms

template <auto Free>
struct Freeing {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using Digesting = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freeing<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freeing<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freeing<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>>;
using PublicKey = std::shared_ptr<EVP_PKEY>;

const unsigned char* octetsOf(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Number numberOf(std::string_view bytes) {
    return Number(BN_bin2bn(octetsOf(bytes), static_cast<int>(bytes.size()), nullptr));
}

// Null where the values make no key of that kind: a point beside the curve, an even modulus.
PublicKey publicKeyOf(const char* kind, OSSL_PARAM_BLD* builder) {
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const Context making(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !making || EVP_PKEY_fromdata_init(making.get()) != 1 ||
        EVP_PKEY_fromdata(making.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    PublicKey key(made, EVP_PKEY_free);
    const Context checking(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr));
    return checking && EVP_PKEY_public_check(checking.get()) == 1 ? key : nullptr;
}

PublicKey edwardsKey(const std::string& point) {
    EVP_PKEY* const key =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octetsOf(point), point.size());
    return {key, EVP_PKEY_free};
}

PublicKey curveKey(const std::string& x, const std::string& y) {
    if (x.size() != kCoordinateSize || y.size() != kCoordinateSize) return nullptr;
    const std::string point = '\x04' + x + y;  // uncompressed: SEC 1 §2.3.3
    const Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return publicKeyOf("EC", builder.get());
}

PublicKey modulusKey(const std::string& modulus, const std::string& exponent) {
    const Number n = numberOf(modulus);
    const Number e = numberOf(exponent);
    const int bits = BN_num_bits(n.get());
    if (bits < kSmallestModulus || bits > kLargestModulus || BN_get_word(e.get()) < 3 ||
        BN_num_bits(e.get()) > 32)
        return nullptr;
    const Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return publicKeyOf("RSA", builder.get());
}

// A signature of JWS is the two numbers side by side (RFC 7518 §3.4); OpenSSL takes them in DER.
std::string derOf(std::string_view signature) {
    if (signature.size() != 2 * kCoordinateSize) return {};
    Number r = numberOf(signature.substr(0, kCoordinateSize));
    Number s = numberOf(signature.substr(kCoordinateSize));
    const Signature both(ECDSA_SIG_new());
    if (!both || !r || !s) return {};
    // It takes them over, and fails without one of them alone.
    if (ECDSA_SIG_set0(both.get(), r.release(), s.release()) != 1) return {};
    unsigned char* bytes = nullptr;
    const int size = i2d_ECDSA_SIG(both.get(), &bytes);
    if (size <= 0) return {};
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

std::string bytesAt(ObjectReader& reader, std::string_view member) {
    std::string bytes;
    std::string text = reader.text(member);
    if (!decodeBase64Url(text, bytes)) reader.fail(member, "is no base64url");
    base::wipe(text);
    return bytes;
}

void readMaterial(ObjectReader& reader, Key& key) {
    const auto take = [&](PublicKey made, std::string_view member, const char* wrong) {
        key.publicKey = std::move(made);
        if (!key.publicKey) reader.fail(member, wrong);
    };
    switch (key.algorithm) {
        case Algorithm::EdDsa:
            if (reader.text("crv") != "Ed25519") return reader.fail("crv", "is not Ed25519");
            return take(edwardsKey(bytesAt(reader, "x")), "x", "is no key of Ed25519");
        case Algorithm::Es256: {
            if (reader.text("crv") != "P-256") return reader.fail("crv", "is not P-256");
            const auto x = bytesAt(reader, "x");
            return take(curveKey(x, bytesAt(reader, "y")), "x", "and y are no point of P-256");
        }
        case Algorithm::Rs256: {
            const auto modulus = bytesAt(reader, "n");
            return take(modulusKey(modulus, bytesAt(reader, "e")), "n",
                        "and e are no RSA key of 2048 to 4096 bits");
        }
        case Algorithm::Hs256:
            key.secret = std::make_shared<const base::WipedString>(bytesAt(reader, "k"));
            if (key.secret->value().size() < kSmallestSecret)
                reader.fail("k", "has fewer than 32 bytes (256 bits)");
    }
}

Key keyOf(ObjectReader& reader) {
    Key key;
    key.id = reader.text("kid");
    if (key.id.empty() || key.id == kOwnName) reader.fail("kid", "is empty or the name of our own key");
    key.algorithm = static_cast<Algorithm>(reader.choice("alg", kAlgorithmNames));
    if (reader.text("kty") != kKeyTypes[static_cast<std::size_t>(key.algorithm)])
        reader.fail("kty", "is not that of the algorithm");
    // Of an asymmetric key: who checks tokens must not be able to make them.
    if (reader.has("d")) reader.fail("d", "makes it a private key; the public one alone belongs here");
    key.issuer = reader.text("iss");
    if (key.issuer.empty() || hasForbiddenCharacter(key.issuer, LineBreaks::Forbidden))
        reader.fail("iss", "is empty or holds a control character");
    reader.eachText("companies", [&](std::string_view name) { key.companies.emplace_back(name); });
    if (key.companies.empty()) reader.fail("companies", "names nobody");
    key.may = rightsIn(reader);
    if (!reader.failed()) readMaterial(reader, key);
    return key;
}

}  // namespace

std::string_view nameOf(Algorithm algorithm) {
    return kAlgorithmNames[static_cast<std::size_t>(algorithm)];
}

Rights rightsIn(ObjectReader& reader) {
    Rights rights;
    reader.eachText("may", [&](std::string_view name) {
        const auto found = std::ranges::find(kRightNames, name);
        if (found == kRightNames.end()) return reader.fail("may", "holds a right that there is not");
        rights.add(static_cast<Right>(found - kRightNames.begin()));
    });
    return rights;
}

bool decodeBase64Url(std::string_view text, std::string& bytes) {
    if (text.find_first_of("+/=") != std::string_view::npos) return false;
    std::string padded(text);
    std::ranges::replace(padded, '-', '+');
    std::ranges::replace(padded, '_', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    const bool done = decodeBase64(padded, bytes);
    base::wipe(padded);
    return done;
}

bool Key::hasSigned(std::string_view bytes, std::string_view signature) const {
    if (algorithm == Algorithm::Hs256)
        return base::equalInConstantTime(base::hmacSha256(secret->value(), bytes), signature);
    const std::string der = algorithm == Algorithm::Es256 ? derOf(signature) : std::string();
    if (algorithm == Algorithm::Es256) signature = der;
    const Digesting digesting(EVP_MD_CTX_new());
    const EVP_MD* const digest = algorithm == Algorithm::EdDsa ? nullptr : EVP_sha256();
    return digesting &&
           EVP_DigestVerifyInit(digesting.get(), nullptr, digest, nullptr, publicKey.get()) == 1 &&
           EVP_DigestVerify(digesting.get(), octetsOf(signature), signature.size(), octetsOf(bytes),
                            bytes.size()) == 1;
}

bool Key::speaksFor(std::string_view company) const {
    return companies.empty() || std::ranges::find(companies, company) != companies.end();
}

Result<KeySet, std::string> KeySet::parse(std::string_view text) {
    const auto parsed = parseJson(text);
    if (!parsed) return std::string("it is refused as JSON: ") + nameOf(parsed.error());
    KeySet set;
    ObjectReader reader(parsed.value());
    reader.eachObject("keys", [&](ObjectReader& item) {
        Key key = keyOf(item);
        if (set.find(key.id) != nullptr) item.fail("kid", "is that of another key, too");
        set.keys_.push_back(std::move(key));
    });
    auto finished = reader.finish(std::move(set), UnknownKeys::Ignored);
    if (!finished) return finished.error().pointer + " " + finished.error().reason;
    if (finished.value().keys_.empty()) return std::string("it has no key");
    return std::move(finished).value();
}

const Key* KeySet::find(std::string_view id) const {
    const auto found = std::ranges::find(keys_, id, &Key::id);
    return found == keys_.end() ? nullptr : &*found;
}

KeyShelf::KeyShelf(Key own) : own_(std::move(own)) {
    KeySet set;
    set.add(own_);
    keys_ = std::make_shared<const KeySet>(std::move(set));
}

std::optional<std::string> KeyShelf::take(std::string_view json) {
    auto set = KeySet::parse(json);
    if (!set) return set.error();
    set.value().add(own_);
    auto keys = std::make_shared<const KeySet>(std::move(set).value());
    const std::lock_guard lock(mutex_);
    keys_ = std::move(keys);
    return std::nullopt;
}

std::shared_ptr<const KeySet> KeyShelf::keys() const {
    const std::lock_guard lock(mutex_);
    return keys_;
}

}  // namespace smartca::session
