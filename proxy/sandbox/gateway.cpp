#include "proxy/sandbox/gateway.h"

#include <utility>

#include "proxy/sandbox/certificate_item.h"
#include "proxy/sandbox/signing.h"

namespace smartca::sandbox {
namespace {

constexpr std::int64_t kTransactionSeconds = 299;
constexpr std::size_t kMaximumTransactions = 10'000;
// VNPT's own clients compare these texts octet by octet, and each call has its own.
constexpr const char* kWaiting = "sig_wait_for_user_confirm";
constexpr const char* kSigned = "SUCCESS";

// A new tran_code, as the gateway's: a UUID of version 4 (RFC 9562 5.4).
std::string freshCode() {
    std::string octets = randomOctets(16);
    octets[6] = static_cast<char>((octets[6] & 0x0f) | 0x40);
    octets[8] = static_cast<char>((octets[8] & 0x3f) | 0x80);
    return dashed(hexOf(octets));
}

}  // namespace

std::int64_t systemClock() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Gateway::Gateway(const Vault& vault, GatewayOptions options)
    : vault_(vault), options_(std::move(options)), tokenKey_(randomOctets(32)) {}

std::optional<Answer> Gateway::refuse(const WireRequest& request) const {
    if (!request.wellFormed()) return refusal(400, "request body is not a JSON object");
    for (const char* key : {"sp_id", "sp_password", "user_id"}) {
        if (request.textOr(key, "").empty()) return refusal(400, std::string(key) + " is required");
    }
    if (!request.text("transaction_id")) return refusal(400, "transaction_id is required");
    const bool idRight = sameSecret(request.textOr("sp_id", ""), options_.spId);
    const bool passwordRight = sameSecret(request.textOr("sp_password", ""), options_.spPassword);
    if (!idRight || !passwordRight) return refusal(401, "sp_id or sp_password invalid");
    if (identityOf(request) == nullptr) return refusal(401, "user_id invalid");
    return std::nullopt;
}

const RegisteredIdentity* Gateway::identityOf(const WireRequest& request) const {
    const auto found = vault_.identities.find(request.textOr("user_id", ""));
    return found == vault_.identities.end() ? nullptr : &found->second;
}

std::chrono::milliseconds Gateway::delayOf(const WireRequest& request) const {
    const RegisteredIdentity* identity = identityOf(request);
    return identity != nullptr ? identity->plan.delay : std::chrono::milliseconds(0);
}

Answer Gateway::certificates(const WireRequest& request) const {
    if (auto refused = refuse(request)) return *std::move(refused);
    const RegisteredIdentity& identity = *identityOf(request);
    const std::string serial = request.textOr("serial_number", "");
    const std::string service = request.textOr("service_type", "");
    const std::string transactionId = request.textOr("transaction_id", "");
    const std::int64_t now = options_.clock();
    Json items = Json::array();
    for (const RegisteredCertificate& certificate : identity.certificates) {
        if (!serial.empty() && identity.find(serial) != &certificate) continue;
        if (!service.empty() && certificate.plan.service != service) continue;
        items.push_back(certificateItem(vault_, identity, certificate, transactionId, now));
    }
    return success("Success", {{"user_certificates", std::move(items)}});
}

const RegisteredCertificate* Gateway::usable(const RegisteredIdentity& identity,
                                             std::string_view serial) const {
    const auto active = [&](const RegisteredCertificate& certificate) {
        return statusOf(certificate, options_.clock()) == CertificateStatus::Active;
    };
    if (!serial.empty()) {
        const RegisteredCertificate* asked = identity.find(serial);
        return asked != nullptr && active(*asked) ? asked : nullptr;
    }
    for (const RegisteredCertificate& certificate : identity.certificates) {
        if (active(certificate)) return &certificate;
    }
    return nullptr;
}

std::optional<Answer> Gateway::begin(const WireRequest& request, const RegisteredIdentity& identity,
                                     Transaction& begun) {
    begun.id = request.textOr("transaction_id", "");
    if (begun.id.empty()) return refusal(400, "transaction_id is required");
    const auto files = request.body().find("sign_files");
    if (files == request.body().end() || !files->is_array() || files->empty()) {
        return refusal(400, "sign_files is required");
    }
    for (const Json& file : *files) {
        const auto hash = fromHex(textIn(file, "data_to_be_signed").value_or(""));
        const std::string id = textIn(file, "doc_id").value_or("");
        if (id.empty()) return refusal(400, "doc_id is required");
        if (textIn(file, "sign_type").value_or("hash") != "hash")
            return refusal(400, "sign_type must be hash");
        if (!hash) return refusal(400, "data_to_be_signed is not hexadecimal");
        const std::size_t size = hash->size();
        if (size != 20 && size != 32 && size != 48 && size != 64)
            return refusal(400, "data_to_be_signed is no hash");
        begun.documents.push_back({id, *hash});
    }
    begun.certificate = usable(identity, request.textOr("serial_number", ""));
    if (begun.certificate == nullptr) return refusal(403, "credential status invalid");
    begun.identity = identity.plan.id;
    begun.code = freshCode();
    begun.begun = options_.clock();

    const std::lock_guard lock(mutex_);
    if (transactions_.count(begun.id) != 0) return refusal(400, "transaction_id exists");
    if (transactions_.size() >= kMaximumTransactions)
        return refusal(500, "too many transactions; restart the sandbox");
    transactions_.emplace(begun.id, begun);
    return std::nullopt;
}

Answer Gateway::sign(const WireRequest& request) {
    if (auto refused = refuse(request)) return *std::move(refused);
    Transaction transaction;
    if (auto refused = begin(request, *identityOf(request), transaction)) return *std::move(refused);
    return success(kWaiting, {{"transaction_id", transaction.id}, {"tran_code", transaction.code}});
}

Answer Gateway::signWithOtp(const WireRequest& request) {
    if (auto refused = refuse(request)) return *std::move(refused);
    for (const char* key : {"password", "otp", "serial_number"}) {
        if (request.textOr(key, "").empty()) return refusal(400, std::string(key) + " is required");
    }
    const RegisteredIdentity& identity = *identityOf(request);
    const auto& business = identity.plan.business;
    if (!business || !sameSecret(business->password, request.textOr("password", ""))) {
        return refusal(401, "user_id or password invalid");
    }
    if (!totpMatches(business->totpKey, request.textOr("otp", ""), options_.clock()))
        return refusal(401, "otp invalid");
    Transaction transaction;
    if (business->confirmedBy == ConfirmedBy::Code) {
        const Json claims = {{"sub", identity.plan.id},
                             {"jti", hexOf(randomOctets(8))},
                             {"exp", options_.clock() + kTransactionSeconds}};
        transaction.sad = signedToken(claims.dump(), tokenKey_);
    }
    if (auto refused = begin(request, identity, transaction)) return *std::move(refused);
    Json data = {{"transaction_id", transaction.id}, {"tran_code", transaction.code}};
    if (!transaction.sad.empty()) data["sad"] = transaction.sad;
    data["expired_in"] = kTransactionSeconds;
    return success(kWaiting, std::move(data));
}

Answer Gateway::confirm(const WireRequest& request) {
    if (auto refused = refuse(request)) return *std::move(refused);
    const auto& business = identityOf(request)->plan.business;
    if (!business || !sameSecret(business->password, request.textOr("password", ""))) {
        return refusal(401, "user_id or password invalid");
    }
    const std::lock_guard lock(mutex_);
    Transaction* transaction = find(request.textOr("transaction_id", ""));
    if (transaction == nullptr || transaction->identity != request.textOr("user_id", "")) {
        return refusal(400, "transaction not found");
    }
    if (transaction->sad.empty() || !sameSecret(transaction->sad, request.textOr("sad", ""))) {
        return refusal(401, "sad invalid");
    }
    if (expired(*transaction)) return refusal(400, "EXPIRED");
    transaction->state = State::Confirmed;
    const std::int64_t left = transaction->begun + kTransactionSeconds - options_.clock();
    return success("Success", {{"transaction_id", transaction->id},
                               {"expired_in", left},
                               {"signatures", signaturesOf(*transaction)}});
}

Answer Gateway::signatureStatus(std::string_view id) {
    const std::lock_guard lock(mutex_);
    Transaction* transaction = find(id);
    if (transaction == nullptr) return refusal(400, "transaction not found");
    const bool byPhone = transaction->sad.empty();
    const bool confirmedByNow = options_.clock() >= transaction->begun + options_.confirmAfter.count();
    if (byPhone && transaction->state == State::Waiting && confirmedByNow && !expired(*transaction)) {
        transaction->state = State::Confirmed;
    }
    Json data = {{"transaction_id", transaction->id}, {"signatures", nullptr}};
    if (transaction->state == State::Rejected) return success("REJECTED", std::move(data));
    if (transaction->state == State::Waiting) {
        return success(expired(*transaction) ? "EXPIRED" : kWaiting, std::move(data));
    }
    data["signatures"] = signaturesOf(*transaction);
    return success(kSigned, std::move(data));
}

bool Gateway::decide(std::string_view id, Decision decision) {
    const std::lock_guard lock(mutex_);
    Transaction* transaction = find(id);
    if (transaction == nullptr || transaction->state != State::Waiting || expired(*transaction)) return false;
    transaction->state = decision == Decision::Confirm ? State::Confirmed : State::Rejected;
    return true;
}

Gateway::Transaction* Gateway::find(std::string_view id) {
    const auto byId = transactions_.find(id);
    if (byId != transactions_.end()) return &byId->second;
    for (auto& [transactionId, transaction] : transactions_) {
        if (transaction.code == id) return &transaction;
    }
    return nullptr;
}

bool Gateway::expired(const Transaction& transaction) const {
    return options_.clock() > transaction.begun + kTransactionSeconds;
}

Json Gateway::signaturesOf(const Transaction& transaction) {
    Json signatures = Json::array();
    for (const Document& document : transaction.documents) {
        const std::string value = signHash(transaction.certificate->credential.key.get(), document.hash);
        signatures.push_back({{"doc_id", document.id},
                              {"signature_value", base64Of(value)},
                              {"timestamp_signature", nullptr}});
    }
    return signatures;
}

}  // namespace smartca::sandbox
