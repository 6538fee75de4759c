// The operator's secrets in the words of the rooms that use them.
#pragma once

#include <string>

#include "proxy/econtract/login.h"
#include "proxy/ops/secret.h"
#include "proxy/registry/sealed_secret.h"
#include "proxy/upstream/smartca_client.h"
#include "shared/result.h"

namespace smartca {

// The secrets must outlive it.
class Credentials : public upstream::CredentialSource {
  public:
    Credentials(const ops::Secret& id, const ops::Secret& password) : id_(id), password_(password) {}
    upstream::CredentialSource::Credentials smartCa() const override {
        return {id_.value(), password_.value()};
    }

  private:
    const ops::Secret& id_;
    const ops::Secret& password_;
};

// Likewise.
class PortalAccount : public econtract::AccountSource {
  public:
    PortalAccount(const ops::Secret& username, const ops::Secret& password)
        : username_(username), password_(password) {}
    Account econtract() const override { return {username_.value(), password_.value()}; }

  private:
    const ops::Secret& username_;
    const ops::Secret& password_;
};

// What the one key file gives keys for.
struct Keys {
    registry::SealingKey sealing;
    std::string fingerprints;
};
// The error says what to do.
Result<Keys, std::string> readKeys(const std::string& path);

}  // namespace smartca
