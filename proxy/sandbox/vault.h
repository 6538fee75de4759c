// The sandbox's CA and everything it has issued, kept in a state directory so that serial numbers stay the
// same from one start to the next:
//   ca.pem                      the root, for whoever verifies the sandbox (--cacert)
//   subscriber-ca.pem           root and intermediate, for whoever verifies the certificates
//   root.pem, intermediate.pem, server.pem    certificate and key, mode 0600
//   leaf-<id>-<n>-<hash>.pem    the n-th certificate of an identity and its key; the hash is over its plan,
//   so an edited
//                               identities file gets new certificates and keeps the rest
// Validity counts from the moment a certificate is made. Delete the directory to start afresh.
//
// Ownership: the vault owns keys and certificates; references into it live as long as it does. Threads:
// openVault() locks the directory against a second sandbox making the same files; afterwards the vault is
// read only, from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/identities.h"

namespace smartca::sandbox {

struct RegisteredCertificate {
    CertificatePlan plan;
    Credential credential;
    std::string serial;  // 32 lower-case hexadecimal digits
    std::string id;      // a UUID made from the certificate's digest (RFC 9562 §5.8)
};

struct RegisteredIdentity {
    IdentityPlan plan;
    std::vector<RegisteredCertificate> certificates;

    // Null when it has no such certificate; digits compare without regard to case.
    const RegisteredCertificate* find(std::string_view serial) const;
};

struct Vault {
    Credential root;
    Credential intermediate;
    Credential server;
    std::map<std::string, RegisteredIdentity, std::less<>> identities;
};

// `now` in seconds since 1970-01-01T00:00:00Z. The error says in English what could not be read, made or
// written.
Result<Vault, std::string> openVault(const std::filesystem::path& directory, std::vector<IdentityPlan> plans,
                                     std::int64_t now);

}  // namespace smartca::sandbox
