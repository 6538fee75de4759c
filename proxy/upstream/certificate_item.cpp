#include "proxy/upstream/certificate_item.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/certificate_data.h"
#include "proxy/upstream/item_status.h"
#include "proxy/upstream/written_instant.h"
#include "proxy/x509/certificate.h"
#include "shared/distinguished_name.h"
#include "shared/identity.h"
#include "shared/serial.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestText = 1000;
constexpr std::string_view kDamage = "\uFFFD";

// Empty where there is none.
std::string dataOf(const Json& item) {
    for (const char* key :
         {"cert_data", "certData", "certificate", "certificate_data", "cert", "cert_value"}) {
        const auto found = item.find(key);
        const bool isList = found != item.end() && found->is_array() && !found->empty();
        const Json& value = isList ? found->front() : found != item.end() ? *found : Json();
        if (value.is_string() && !trimmed(value.get_ref<const std::string&>()).empty())
            return value.get<std::string>();
    }
    return {};
}

// What the text beside says of the serial number, in comparison with the certificate's.
enum class Said : std::uint8_t { Nothing, Same, SameInDecimal, Other };

// "54.01.4e" as well.
std::string serialAt(const Json& item) {
    std::string written = textAt(item, "serial_number");
    std::erase(written, '.');
    return written;
}

Said saidOfSerial(const Json& item, const std::string& serial) {
    const std::string written = serialAt(item);
    if (!isTold(written)) return Said::Nothing;
    const auto significant = [](std::string digits) {
        std::erase_if(digits, [](char c) { return c == ':' || c == ' ' || c == '-'; });
        digits = base::lowerCase(digits);
        if (digits.starts_with("0x")) digits.erase(0, 2);
        return digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    };
    if (significant(written) == significant(serial) || sameSerial(written, serial)) return Said::Same;
    return hexadecimalOfDecimal(written) == serial ? Said::SameInDecimal : Said::Other;
}

bool saysAnotherDay(const Json& item, const char* key, Instant instant) {
    constexpr Instant kDay = 86'400;
    constexpr Instant kYear1900 = -2'208'988'800;  // .NET writes no date as 0001-01-01
    const auto written = writtenInstant(textAt(item, key));
    return written && *written > kYear1900 && (*written - instant > kDay || instant - *written > kDay);
}

// One name for the attributes that programs name in several ways, as OpenSSL does.
std::string_view nameOfType(std::string_view type) {
    constexpr std::pair<std::string_view, std::string_view> kOthers[] = {
        {"S", "ST"},
        {"E", "EMAILADDRESS"},
        {"MAIL", "EMAILADDRESS"},
        {"EMAIL", "EMAILADDRESS"},
        {"1.2.840.113549.1.9.1", "EMAILADDRESS"},
        {"G", "GN"},
        {"GIVENNAME", "GN"},
        {"2.5.4.42", "GN"},
        {"SURNAME", "SN"},
        {"2.5.4.4", "SN"},
        {"2.5.4.5", "SERIALNUMBER"},
        {"2.5.4.20", "TELEPHONENUMBER"},
        {"OI", "ORGANIZATIONIDENTIFIER"},
        {"2.5.4.97", "ORGANIZATIONIDENTIFIER"}};
    for (const auto& [other, name] : kOthers)
        if (type == other) return name;
    return type;
}

// Java writes the octets of a value whose type it does not know, "#0c02…" (RFC 4514 §2.4). What is no short text stays.
std::string textOfOctets(const std::string& value) {
    constexpr std::string_view kTexts = "\x0C\x13\x16";  // UTF8String, PrintableString, IA5String
    if (!value.starts_with('#') || value.size() % 2 == 0) return value;
    std::string octets;
    for (std::size_t i = 1; i < value.size(); i += 2) {
        const int high = hexadecimalValue(value[i]), low = hexadecimalValue(value[i + 1]);
        if (high < 0 || low < 0) return value;
        octets += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    }
    const bool isText = octets.size() >= 2 && octets.size() < 0x80 && kTexts.find(octets[0]) != kTexts.npos &&
                        static_cast<std::size_t>(octets[1]) == octets.size() - 2;
    return isText ? validUtf8(std::string_view(octets).substr(2)) : value;
}

std::vector<Argument> comparableParts(std::string_view subject) {
    std::vector<Argument> parts = parseDistinguishedName(subject);
    for (auto& [type, value] : parts) {
        type = nameOfType(type);
        value = base::comparable(base::cleaned(textOfOctets(value), kLongestText));
    }
    return parts;
}

// Some write a name without its accents. Where both have them, they count.
bool isSameValue(const std::string& one, const std::string& other) {
    const auto isPlain = [](const std::string& text) {
        return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    };
    if (one == other) return true;
    return (isPlain(one) || isPlain(other)) &&
           base::comparableWithoutAccents(one) == base::comparableWithoutAccents(other);
}

// A text that leaves parts out says nothing else.
bool saysAnotherSubject(std::string_view text, std::string_view subject) {
    std::vector<Argument> own = comparableParts(subject);
    for (const auto& said : comparableParts(text)) {
        const auto same = std::ranges::find_if(own, [&said](const Argument& part) {
            return part.name == said.name && isSameValue(part.value, said.value);
        });
        if (same == own.end()) return true;
        own.erase(same);
    }
    return false;
}

// A line of its own for each part is as good as a comma.
std::string subjectAt(const Json& item) {
    const auto found = item.find("cert_subject");
    if (found == item.end() || !found->is_string()) return textAt(item, "cert_subject");
    std::string subject;
    for (const std::string_view line : base::partsOf(found->get_ref<const std::string&>(), '\n')) {
        const std::string_view part = trimmed(line.substr(0, line.find('\r')));
        const auto end = part.find_first_of("= ,;+");
        const bool begins = end != std::string_view::npos && part[end] == '=';
        const bool isEnded =
            subject.empty() || subject.ends_with(',') || subject.ends_with(';') || subject.ends_with('+');
        if (!isEnded) subject += begins ? ',' : ' ';
        subject += part;
    }
    if (subject.ends_with(',')) subject.pop_back();
    return shown(subject);
}

bool saysAnotherNumber(std::string_view text, std::string_view subject) {
    const std::string said = attributeOf(parseDistinguishedName(text), "UID");
    const std::string own = attributeOf(parseDistinguishedName(subject), "UID");
    return !said.empty() && !own.empty() && own.find(kDamage) == std::string::npos && said != own;
}

// The common name, else the organisation.
std::string nameIn(std::string_view subject) {
    const auto parts = parseDistinguishedName(subject);
    const std::string commonName = attributeOf(parts, "CN");
    return commonName.empty() ? attributeOf(parts, "O") : commonName;
}

void note(CertificateItem& read, CertificateNote note, std::string remark) {
    read.certificate.notes.push_back(note);
    read.remarks.push_back(std::move(remark));
}

// Where the certificate's own subject is damaged, the text's takes its place.
void chooseSubject(CertificateItem& read, const std::string& beside) {
    SmartCaCertificate& certificate = read.certificate;
    if (certificate.subject.find(kDamage) == std::string::npos) {
        if (isTold(beside) && saysAnotherSubject(beside, certificate.subject))
            note(read, CertificateNote::SubjectDiffers, "cert_subject is not the certificate's");
        return;
    }
    note(read, CertificateNote::TextDamaged, "its subject holds octets that are no text");
    const std::string name = nameIn(beside);
    if (name.empty() || beside.find(kDamage) != std::string::npos) return;
    if (saysAnotherNumber(beside, certificate.subject))
        return note(read, CertificateNote::SubjectDiffers, "cert_subject has another number");
    certificate.commonName = name;
    certificate.subject = beside;
}

void compare(CertificateItem& read, const Json& item) {
    SmartCaCertificate& certificate = read.certificate;
    const Said serial = saidOfSerial(item, certificate.serial);
    if (serial == Said::SameInDecimal)
        read.remarks.emplace_back("serial_number is the certificate's in decimal");
    if (serial == Said::Other)
        note(read, CertificateNote::SerialDiffers, "serial_number is not the certificate's");
    if (saysAnotherDay(item, "cert_valid_from", certificate.validFrom) ||
        saysAnotherDay(item, "cert_valid_to", certificate.validTo))
        note(read, CertificateNote::DatesDiffer, "cert_valid_from or cert_valid_to is not the certificate's");
    chooseSubject(read, subjectAt(item));
}

// Only numbers of one kind can contradict each other: a person has a tax code and a passport beside the card, and
// a seal carries its organisation's number.
bool carriesAnother(std::string_view subject, const Identity& asked) {
    const auto kindOf = [](const Identity& identity) {
        return identity.kind == IdentityKind::TaxCodeBranch ? IdentityKind::TaxCode : identity.kind;
    };
    bool another = false;
    for (const auto& [type, value] : parseDistinguishedName(subject)) {
        if (type != "UID") continue;
        const Identity own = parseIdentity(value);
        if (own.canonical == asked.canonical) return false;
        another = another || (kindOf(own) == kindOf(asked) && own.kind != IdentityKind::Unknown);
    }
    return another;
}

// Of a certificate with its chain, in whatever order: the one that the text beside names, else the first that is no
// authority's. It and what stands after the last one are what is left of `der`.
std::optional<x509::Summary> takeCertificate(std::string& der, const Json& item) {
    std::vector<std::pair<x509::Summary, std::string_view>> chain;
    std::string_view rest = der;
    while (auto summary = x509::readSummary(rest)) {
        const auto size = summary->size;
        chain.emplace_back(*std::move(summary), rest.substr(0, size));
        rest.remove_prefix(size);
    }
    const auto isNamed = [&item](const auto& one) {
        return saidOfSerial(item, one.first.serial) == Said::Same;
    };
    auto chosen = std::ranges::find_if(chain, isNamed);
    if (chosen == chain.end())
        chosen = std::ranges::find_if(chain, [](const auto& one) { return !one.first.isAuthority; });
    if (chosen == chain.end()) chosen = chain.begin();
    if (chosen == chain.end()) return std::nullopt;
    der = std::string(chosen->second).append(rest);
    return chosen->first;
}

}  // namespace

bool hasCertificateData(const Json& item) {
    return item.is_object() && !dataOf(item).empty();
}

Result<CertificateItem, std::string> readCertificateItem(const Json& item, const Identity& asked) {
    if (!item.is_object()) return std::string("it is no object");
    const std::string data = dataOf(item);
    if (data.empty()) return std::string("it has no cert_data");
    CertificateItem read;
    SmartCaCertificate& certificate = read.certificate;
    if (!decodeCertificateData(data, certificate.der)) return std::string("cert_data is no base64");
    const auto details = takeCertificate(certificate.der, item);
    if (!details) return std::string("cert_data is no X.509 certificate");

    certificate.serial = details->serial;
    certificate.commonName = shown(details->commonName);
    certificate.subject = shown(details->subject);
    if (certificate.commonName.empty()) certificate.commonName = certificate.subject;
    certificate.issuer = shown(details->issuer);
    certificate.serviceType = textAt(item, "service_type");
    certificate.serviceName = textAt(item, "service_name");
    ItemStatus status = statusIn(item);
    certificate.status = status.status;
    certificate.statusText = std::move(status.words);
    read.remarks = std::move(status.remarks);
    certificate.validFrom = details->validFrom;
    certificate.validTo = details->validTo;
    compare(read, item);
    if (carriesAnother(certificate.subject, asked))
        note(read, CertificateNote::NumberDiffers, "its UID is another number than the one asked about");
    if (!details->isSerialRegular)
        note(read, CertificateNote::SerialIrregular, "its serial number is zero, negative or too long");
    if (details->isAuthority && saidOfSerial(item, details->serial) == Said::Other)
        return std::string("cert_data is the certificate of an authority, and not the one of serial_number");
    if (details->size < certificate.der.size()) {
        note(read, CertificateNote::TrailingOctets,
             std::to_string(certificate.der.size() - details->size) + " octets stand after it");
        certificate.der.resize(details->size);
    }
    return read;
}

std::optional<UnreadableItem> namedBeside(const Json& item) {
    if (!item.is_object()) return std::nullopt;
    const std::string subject = subjectAt(item);
    UnreadableItem named{{serialAt(item), nameIn(subject), textAt(item, "service_name")}};
    ItemStatus status = statusIn(item);  // that it cannot be read is remark enough
    named.status = status.status;
    named.statusText = std::move(status.words);
    if (named.serial.empty() && subject.empty() && textAt(item, "cert_id").empty()) return std::nullopt;
    const auto serial = parseSerial(named.serial);
    const auto number = item.find("serial_number");
    const bool isDecimal = (number != item.end() && number->is_number()) ||
                           (!serial && serial.error() == SerialError::LooksDecimal);
    if (isDecimal)
        named.serial = hexadecimalOfDecimal(named.serial);
    else if (serial)
        named.serial = serial.value().hexadecimal;
    return named;
}

}  // namespace smartca::upstream
