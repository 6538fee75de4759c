// The operator's secrets in the words of the rooms that use them.
#pragma once

#include <string>

#include "proxy/ops/secret.h"
#include "proxy/sealing/sealed_secret.h"
#include "proxy/upstream/http_client.h"
#include "shared/result.h"

namespace smartca {

// Both secrets must outlive it.
upstream::AccountSource accountOf(const ops::Secret& name, const ops::Secret& password);

// What the one key file gives keys for.
struct Keys {
    sealing::SealingKey sealing;
    std::string fingerprints;
};
// The error says what to do.
Result<Keys, std::string> readKeys(const std::string& path);

}  // namespace smartca
