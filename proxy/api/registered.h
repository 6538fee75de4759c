// The certificates that SmartCA has under an identity, in the words of our own API.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "proxy/upstream/smartca_client.h"
#include "shared/api.h"
#include "shared/identity.h"

namespace smartca::api {

struct Found {
    std::string identity;  // the spelling that SmartCA knows, or the canonical one when it knows none
    std::vector<upstream::SmartCaCertificate> certificates;
};

// Asks with the canonical spelling, then, where it has none, with the alternative one (a branch's tax code
// without hyphen).
base::Outcome<Found> findRegistered(upstream::SmartCaClient& smartCa, const Identity& identity);

std::vector<std::string> serialsOf(const std::vector<upstream::SmartCaCertificate>& certificates);

RegisteredCertificate describe(const upstream::SmartCaCertificate& certificate, Instant now);

// Time spent waiting for SmartCA, added to an answer whatever way it comes about.
class UpstreamTimer {
  public:
    std::chrono::microseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                                     begin_);
    }

  private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace smartca::api
