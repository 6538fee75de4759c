// The operator's secrets in the words of the rooms that use them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "proxy/ops/secret.h"
#include "proxy/sealing/sealed_secret.h"
#include "proxy/upstream/http_client.h"
#include "shared/result.h"

namespace smartca {

// All secrets that may change while the program runs.
class Secrets {
  public:
    // The secret lives as long as this object. The error says what to do.
    Result<const ops::Secret*, std::string> open(const ops::SecretSource& source);
    // A name and its password, likewise. Optional: empty where neither is given.
    enum class Need : unsigned char { Required, Optional };
    Result<upstream::AccountSource, std::string> openAccount(const ops::SecretSource& name,
                                                             const ops::SecretSource& password,
                                                             Need need = Need::Required);

    // What gives the password of a database's server at each connecting; empty where neither the file nor
    // SMARTCA_DATABASE_PASSWORD is given.
    Result<std::function<std::string()>, std::string> openDatabasePassword(const std::string& file);

    // Takes up changed files; `report` is called for each change.
    void refresh(const std::function<void(const ops::Secret&, ops::Secret::Refresh)>& report);

  private:
    std::vector<std::unique_ptr<ops::Secret>> secrets_;
};

// What the one key file gives keys for.
struct Keys {
    sealing::SealingKey sealing;
    std::string fingerprints;
    std::string sessions;
};
// The error says what to do.
Result<Keys, std::string> readKeys(const std::string& path);

}  // namespace smartca
