// The keys that session tokens are signed with: a JWK set (RFC 7517), in which each key says which one algorithm
// it is for (`alg`) and what it may assert: `iss`, `companies` and `may`.
//
//   {"keys": [{"kid": "2026-11", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": "…",
//              "iss": "https://portal.example.vn", "companies": ["main"], "may": ["lookup", "create"]}]}
//
// Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/base/crypto.h"
#include "shared/result.h"
#include "shared/rights.h"

// Of OpenSSL, which the users of this room do not include.
using EVP_PKEY = struct evp_pkey_st;

namespace smartca {
class ObjectReader;
}

namespace smartca::session {

enum class Algorithm : std::uint8_t { EdDsa, Es256, Rs256, Hs256 };
std::string_view nameOf(Algorithm algorithm);  // "EdDSA", as in a token's header

// The name of the key with which proxies sign themselves, and who says so then.
inline constexpr std::string_view kOwnName = "smartca-proxy";

struct Key {
    std::string id{};
    std::string issuer{};
    std::vector<std::string> companies{};  // none, of our own key alone: whichever is served
    Rights may{};
    Algorithm algorithm = Algorithm::EdDsa;
    std::shared_ptr<EVP_PKEY> publicKey{};              // of all but Hs256
    std::shared_ptr<const base::WipedString> secret{};  // of Hs256

    // Whether the signature is this key's, by this key's algorithm.
    bool hasSigned(std::string_view bytes, std::string_view signature) const;
    bool speaksFor(std::string_view company) const;
};

class KeySet {
  public:
    // The error is a sentence's end, as "the key \"a\" has no \"iss\"". It never holds a key.
    static Result<KeySet, std::string> parse(std::string_view json);

    const Key* find(std::string_view id) const;
    void add(Key key) { keys_.push_back(std::move(key)); }

  private:
    std::vector<Key> keys_;
};

// The keys that count now.
class KeyShelf {
  public:
    // `own` counts beside whatever a file holds.
    explicit KeyShelf(Key own);
    // Takes the keys of a changed file, or says what is wrong with it and keeps the old ones.
    std::optional<std::string> take(std::string_view json);
    std::shared_ptr<const KeySet> keys() const;

  private:
    const Key own_;
    mutable std::mutex mutex_;
    std::shared_ptr<const KeySet> keys_;
};

// The rights that the member "may" names; one that there is not is an error.
Rights rightsIn(ObjectReader& reader);

// RFC 4648 §5 without padding, strictly: false for what another text would give as well.
bool decodeBase64Url(std::string_view text, std::string& bytes);

}  // namespace smartca::session
