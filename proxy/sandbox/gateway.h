// The gateway's answers, without sockets: SP769 requests in, envelopes out.
//
// From VNPT's "Tài liệu tích hợp VNPT SMARTCA" (SP769): the paths' request and answer fields, the item of
// user_certificates[] in its long and short form, `sad` and expired_in 299, serial_number required by
// /v2/signatures/sign, hash signing only; and the messages, which VNPT's PHP and services of others compare
// letter by letter: "Success" of get_certificate and of /v2/signatures/confirm, "sig_wait_for_user_confirm" of
// either sign, "SUCCESS" of a status call once it is signed. Seen in public integrations: "sp_id or sp_password
// invalid", "REJECTED", cert_status_code VALID, CRLF in cert_data, service_type in the request of
// get_certificate, a tran_code with hyphens, /v2/signatures/sign without `sad` (then the phone confirms). Assumed, because nothing
// public says it:
//   - an unknown user_id is 401 (the document's 401 means "SP account or user not valid") with the text
//   "user_id invalid";
//   - an identity without certificates, or without the serial number asked for, is 200 with an empty list;
//   - user_id matches exactly as registered, so a branch is known with its hyphen or without, never both;
//   - the texts of 400, and an empty transaction_id passing (one public client sends "");
//   - the status texts other than "Đang hoạt động", and the codes other than VALID;
//   - a status call before the decision repeats "sig_wait_for_user_confirm" with signatures null; after 299 s
//   "EXPIRED";
//     {tranId} may be transaction_id or tran_code, as integrations use either;
//   - a transaction_id used again for signing is 400;
//   - signature_value is base64 of PKCS#1 v1.5 (RSA) or of the DER ECDSA-Sig-Value; timestamp_signature is
//   null.
// Not there: the webhook to the SP, time stamps.
//
// Threads: any number at once. Ownership: the vault must outlive the gateway.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/vault.h"
#include "proxy/sandbox/wire.h"

namespace smartca::sandbox {

// Seconds since 1970-01-01T00:00:00Z; a parameter so that tests can let time pass.
using Clock = std::function<std::int64_t()>;
std::int64_t systemClock();

struct GatewayOptions {
    std::string spId;
    std::string spPassword;
    // How long the phone's owner takes to confirm a signature; decide() may come first.
    std::chrono::seconds confirmAfter{5};
    Clock clock = systemClock;
};

class Gateway {
  public:
    Gateway(const Vault& vault, GatewayOptions options);

    Answer certificates(const WireRequest& request) const;  // /v1, /v2 credentials/get_certificate
    Answer sign(const WireRequest& request);                // /v1/signatures/sign
    Answer signatureStatus(std::string_view transaction);   // /v1/signatures/sign/{tranId}/status
    Answer signWithOtp(const WireRequest& request);         // /v2/signatures/sign
    Answer confirm(const WireRequest& request);             // /v2/signatures/confirm

    // How long the identity that is asked for takes to answer.
    std::chrono::milliseconds delayOf(const WireRequest& request) const;

    // The phone's owner confirms or declines; false when no such transaction waits.
    enum class Decision : std::uint8_t { Confirm, Reject };
    bool decide(std::string_view transaction, Decision decision);

  private:
    enum class State : std::uint8_t { Waiting, Confirmed, Rejected };
    struct Document {
        std::string id;
        std::string hash;  // octets
    };
    struct Transaction {
        std::string id;
        std::string code;  // tran_code
        std::string identity;
        std::string sad;  // empty: confirmed in the phone
        const RegisteredCertificate* certificate = nullptr;
        std::vector<Document> documents;
        std::int64_t begun = 0;
        State state = State::Waiting;
    };
    // What every request must have; an answer when it has not.
    std::optional<Answer> refuse(const WireRequest& request) const;
    const RegisteredIdentity* identityOf(const WireRequest& request) const;
    std::optional<Answer> begin(const WireRequest& request, const RegisteredIdentity& identity,
                                Transaction& begun);
    const RegisteredCertificate* usable(const RegisteredIdentity& identity, std::string_view serial) const;
    Transaction* find(std::string_view transaction);
    bool expired(const Transaction& transaction) const;
    static Json signaturesOf(const Transaction& transaction);

    const Vault& vault_;
    const GatewayOptions options_;
    const std::string tokenKey_;  // signs `sad`
    std::mutex mutex_;
    std::map<std::string, Transaction, std::less<>> transactions_;  // by transaction_id; guarded by mutex_
};

}  // namespace smartca::sandbox
