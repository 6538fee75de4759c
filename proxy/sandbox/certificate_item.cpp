#include "proxy/sandbox/certificate_item.h"

#include "shared/calendar.h"

namespace smartca::sandbox {

CertificateStatus statusOf(const RegisteredCertificate& certificate, std::int64_t now) {
    const bool over = validToOf(*certificate.credential.certificate) < now;
    if (certificate.plan.status == CertificateStatus::Active && over) return CertificateStatus::Expired;
    return certificate.plan.status;
}

StatusWords wordsOf(CertificateStatus status) {
    switch (status) {
        case CertificateStatus::Active:
            return {"Đang hoạt động", "VALID"};
        case CertificateStatus::Expired:
            return {"Đã hết hạn", "EXPIRED"};
        case CertificateStatus::Revoked:
            return {"Đã thu hồi", "REVOKED"};
        case CertificateStatus::Locked:
            return {"Tạm khóa", "SUSPENDED"};
        case CertificateStatus::Pending:
            return {"Chờ kích hoạt", "PENDING"};
    }
    return {"", ""};
}

Json certificateItem(const Vault& vault, const RegisteredIdentity& identity,
                     const RegisteredCertificate& certificate, const std::string& transactionId,
                     std::int64_t now) {
    const X509& own = *certificate.credential.certificate;
    Json item = Json::object();
    if (identity.plan.item != ItemShape::Short) {
        const StatusWords words = wordsOf(statusOf(certificate, now));
        item["service_type"] = certificate.plan.service;
        item["service_name"] = certificate.plan.package;
        item["cert_id"] = certificate.id;
        item["cert_status"] = words.text;
        if (identity.plan.item == ItemShape::Coded) item["cert_status_code"] = words.code;
        item["serial_number"] = certificate.serial;
        item["cert_subject"] = subjectOf(own);
        item["cert_valid_from"] = isoOf(validFromOf(own));
        item["cert_valid_to"] = isoOf(validToOf(own));
    }
    item["cert_id"] = certificate.id;
    item["cert_data"] = base64Of(derOf(own), identity.plan.lineBreaks);
    item["chain_data"] = {{"ca_cert", base64Of(derOf(*vault.intermediate.certificate))},
                          {"root_cert", nullptr}};
    if (!identity.plan.rootless) item["chain_data"]["root_cert"] = base64Of(derOf(*vault.root.certificate));
    item["serial_number"] = certificate.serial;
    item["transaction_id"] = transactionId;
    item.merge_patch(certificate.plan.wire);
    return item;
}

}  // namespace smartca::sandbox
