#include "proxy/session/token.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "shared/json_guard.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"
#include "shared/text.h"

namespace smartca::session {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestToken = 8 * 1024;
constexpr Instant kUsualLife = 10 * 60;
constexpr Instant kLatest = 253'402'300'799;  // the last second of the year 9999
constexpr JsonLimits kLimits{.depth = 4, .values = 200};

std::string encodedBase64Url(std::string_view bytes) {
    std::string text = base64Of(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}

struct Parts {
    std::string_view header, claims, signature;
};

std::optional<Parts> partsOf(std::string_view token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    if (token.size() > kLongestToken || first == std::string_view::npos || second == std::string_view::npos)
        return std::nullopt;
    return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
                 token.substr(second + 1)};
}

std::optional<json> objectIn(std::string_view part) {
    std::string text;
    if (!decodeBase64Url(part, text)) return std::nullopt;
    auto parsed = parseJson(text, kLimits);
    if (!parsed || !parsed.value().is_object()) return std::nullopt;
    return std::move(parsed).value();
}

// What a header may name beside the key and its algorithm changes how it is to be read (`crit`, `b64`, `zip`) or
// where its key is from (`jku`, `jwk`, `x5c`): none of that is known here.
struct Header {
    std::string algorithm, key;
};
std::optional<Header> headerOf(const json& object) {
    ObjectReader reader(object);
    Header header{reader.text("alg"), reader.text("kid")};
    if (const std::string type = reader.optionalText("typ"); !type.empty() && type != "JWT")
        reader.fail("typ", "is not JWT");
    auto finished = reader.finish(std::move(header), UnknownKeys::Refused);
    if (!finished) return std::nullopt;
    return std::move(finished).value();
}

struct Claims {
    Caller caller;
    std::vector<std::string> audiences;
    Instant issued = 0;
    Instant expires = 0;
    Instant notBefore = 0;
};

void checkText(ObjectReader& reader, std::string_view key, const std::string& text) {
    if (text.size() > kLongestName || hasForbiddenCharacter(text, LineBreaks::Forbidden))
        reader.fail(key, "is too long or holds a control character");
}

// As the proxy composes what a page sends, with which it is compared.
void compose(ObjectReader& reader, Draft& values) {
    for (std::string* text :
         {&values.identity, &values.serial, values.signatureText ? &*values.signatureText : nullptr}) {
        if (text == nullptr) continue;
        auto composed = base::composed(*text);
        if (!composed) return reader.fail("prefill", "holds what is no text");
        *text = std::move(*composed);
    }
}

void readUsers(ObjectReader& reader, std::vector<UserId>& users) {
    if (!reader.has("users")) return;
    const json* const list = reader.value("users");
    // An empty list would read as everyone.
    if (!list->is_array() || list->empty() || list->size() > kMostUsers)
        return reader.fail("users", "is no list of 1 to 32 users");
    for (const json& user : *list) {
        const auto* const number = user.get_ptr<const json::number_unsigned_t*>();
        if (number == nullptr || *number == 0 || *number > static_cast<std::uint64_t>(kLargestUserId))
            return reader.fail("users", "holds what is no user's number");
        users.push_back(static_cast<UserId>(*number));
    }
}

Parsed<Claims> claimsOf(const json& object) {
    ObjectReader reader(object);
    Claims claims;
    Caller& caller = claims.caller;
    caller.issuer = reader.text("iss");
    caller.subject = reader.text("sub");
    if (caller.subject.empty()) reader.fail("sub", "is empty");
    caller.name = reader.optionalText("name");
    caller.company = reader.text("company");
    caller.origin = reader.optionalText("origin");
    // No page's requests would ever come from it, however good the token.
    if (reader.has("origin") && !base::isOrigin(caller.origin))
        reader.fail("origin", "is no origin as browsers write it, as https://portal.example.vn");
    for (const auto& [key, text] : {std::pair{"sub", &caller.subject}, {"name", &caller.name}})
        checkText(reader, key, *text);
    const json* const audience = reader.value("aud");
    if (audience != nullptr && audience->is_string()) {
        claims.audiences.push_back(audience->get<std::string>());
    } else if (audience != nullptr) {
        reader.eachText("aud", [&](std::string_view each) { claims.audiences.emplace_back(each); });
    }
    claims.issued = reader.integer("iat", 0, kLatest);
    claims.expires = reader.integer("exp", 0, kLatest);
    claims.notBefore = reader.optionalInteger("nbf", 0, kLatest);
    caller.may = rightsIn(reader);
    readUsers(reader, caller.users);
    caller.prefill = readPrefill(reader, UnknownKeys::Refused);
    compose(reader, caller.prefill.values);
    return reader.finish(std::move(claims), UnknownKeys::Ignored);
}

// Its name is one of ours. What stands inside of it is the portal's.
std::string claimIn(std::string_view pointer) {
    return std::string(pointer.substr(1, pointer.find('/', 1) - 1));
}

std::optional<TokenFault> faultOf(const Claims& claims, const Key& key, const Expected& expected) {
    const Caller& caller = claims.caller;
    if (caller.issuer != key.issuer) return TokenFault::OtherIssuer;
    if (std::ranges::find(claims.audiences, expected.audience) == claims.audiences.end())
        return TokenFault::OtherAudience;
    if (!key.speaksFor(caller.company) || !expected.serves(caller.company)) return TokenFault::OtherCompany;
    if (!key.may.hasAll(caller.may)) return TokenFault::OtherRights;
    if (claims.expires - claims.issued > kLongestLife) return TokenFault::LivesTooLong;
    if (std::max(claims.issued, claims.notBefore) > expected.now + kClockSkew) return TokenFault::NotYetValid;
    if (claims.expires + kClockSkew <= expected.now) return TokenFault::Expired;
    return std::nullopt;
}

}  // namespace

std::string_view nameOf(TokenFault fault) {
    constexpr std::array<std::string_view, 13> kNames = {
        "notAToken",    "unknownHeader", "unknownKey",    "otherAlgorithm", "notSigned",
        "badClaims",    "otherIssuer",   "otherAudience", "otherCompany",   "otherRights",
        "livesTooLong", "notYetValid",   "expired"};
    return kNames[static_cast<std::size_t>(fault)];
}

std::string BadToken::words() const {
    return std::string(nameOf(fault)).append(claim.empty() ? "" : ": ").append(claim);
}

Result<Caller, BadToken> callerOf(std::string_view token, const KeySet& keys, const Expected& expected) {
    const auto parts = partsOf(token);
    const auto headerObject = parts ? objectIn(parts->header) : std::nullopt;
    if (!headerObject) return BadToken{TokenFault::NotAToken};
    const auto header = headerOf(*headerObject);
    if (!header) return BadToken{TokenFault::UnknownHeader};
    const Key* const key = keys.find(header->key);
    if (key == nullptr) return BadToken{TokenFault::UnknownKey};
    // The key decides by what algorithm; what the token says can only be wrong.
    if (header->algorithm != nameOf(key->algorithm)) return BadToken{TokenFault::OtherAlgorithm};
    std::string signature;
    const auto signedPart = token.substr(0, parts->header.size() + 1 + parts->claims.size());
    if (!decodeBase64Url(parts->signature, signature) || !key->hasSigned(signedPart, signature))
        return BadToken{TokenFault::NotSigned};
    const auto object = objectIn(parts->claims);
    if (!object) return BadToken{TokenFault::NotAToken};
    auto claims = claimsOf(*object);
    if (!claims) return BadToken{TokenFault::BadClaims, claimIn(claims.error().pointer)};
    if (const auto fault = faultOf(claims.value(), *key, expected)) return BadToken{*fault};
    return std::move(claims.value().caller);
}

Issuer ownIssuer(std::string secret, const std::string& audience, Serves serves) {
    Key key{.id = std::string(kOwnName),
            .issuer = std::string(kOwnName),
            .may = Rights::all(),
            .algorithm = Algorithm::Hs256};
    key.secret = std::make_shared<const base::WipedString>(std::move(secret));
    return {std::move(key), audience, std::move(serves)};
}

Parsed<Issued> Issuer::issue(const json& asked, const std::string& company, Instant now) const {
    ObjectReader reader(asked);
    for (const std::string_view claim :
         {"sub", "name", "company", "may", "users", "origin", "prefill", "lock"})
        reader.optionalValue(claim);  // claimsOf() reads them
    const Instant life = reader.has("lifetime") ? reader.integer("lifetime", 60, kLongestLife) : kUsualLife;
    const auto known = reader.finish(life, UnknownKeys::Refused);
    if (!known) return known.error();
    json claims = asked;
    claims.erase("lifetime");
    if (!claims.contains("company")) setText(claims, "company", company);
    setText(claims, "iss", key.issuer);
    setText(claims, "aud", audience);
    setText(claims, "jti", hexadecimalOf(base::randomBytes(8)));
    setInteger(claims, "iat", now);
    setInteger(claims, "exp", now + life);
    const auto read = claimsOf(claims);
    if (!read) return read.error();
    if (!serves(read.value().caller.company)) return ShapeError{"/company", "is not served here"};
    const std::string text = encodedBase64Url(R"({"alg":"HS256","kid":")" + key.id + R"(","typ":"JWT"})") +
                             '.' + encodedBase64Url(writeJson(claims));
    return Issued{text + '.' + encodedBase64Url(base::hmacSha256(key.secret->value(), text)), now + life};
}

}  // namespace smartca::session
