// The JSON of a certificate's details.
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "shared/certificate_details.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"

namespace smartca {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, static_cast<std::size_t>(CertificateSource::Count)> kSources{
    "kept", "asked", "notKept", "notReached", "unreadable"};

constexpr std::array<std::string_view, static_cast<std::size_t>(StatusSource::Count)> kStatusSources{
    "asked", "notReached", "gone", "notTold"};

json jsonOf(const std::vector<std::string>& texts) {
    json array(json::value_t::array);
    for (const std::string& each : texts)
        array.push_back(json(each));
    return array;
}

std::vector<std::string> readTexts(ObjectReader& reader, std::string_view key) {
    std::vector<std::string> texts;
    reader.eachText(key, [&](std::string_view each) { texts.emplace_back(each); });
    return texts;
}

json jsonOf(const CertificateName& name) {
    json parts(json::value_t::array);
    for (const NamePart& part : name.parts) {
        json item(json::value_t::object);
        setText(item, "type", part.type);
        setText(item, "value", part.value);
        parts.push_back(std::move(item));
    }
    json object(json::value_t::object);
    setText(object, "text", name.text);
    setValue(object, "parts", std::move(parts));
    return object;
}

// Calls read(ObjectReader&) for the object under that key.
template <class Read>
void readObject(ObjectReader& reader, std::string_view key, Read read) {
    if (const json* value = reader.value(key)) {
        ObjectReader inner(*value, reader, key);
        read(inner);
    }
}

CertificateName readName(ObjectReader& reader, std::string_view key) {
    CertificateName name;
    readObject(reader, key, [&](ObjectReader& inner) {
        name.text = inner.text("text");
        inner.eachObject("parts", [&](ObjectReader& part) {
            name.parts.push_back({part.text("type"), part.text("value")});
        });
    });
    return name;
}

json jsonOf(const CertificateContent& content) {
    json key(json::value_t::object);
    setText(key, "algorithm", content.publicKey.algorithm);
    if (content.publicKey.bits > 0) setInteger(key, "bits", content.publicKey.bits);
    if (!content.publicKey.curve.empty()) setText(key, "curve", content.publicKey.curve);
    json usage(json::value_t::array);
    for (const KeyUsage each : content.keyUsage)
        usage.push_back(json(std::string(nameOf(each))));
    json object(json::value_t::object);
    setValue(object, "subject", jsonOf(content.subject));
    setValue(object, "issuer", jsonOf(content.issuer));
    setText(object, "serial", content.serial);
    setInstant(object, "validFrom", content.validFrom);
    setInstant(object, "validTo", content.validTo);
    setValue(object, "publicKey", std::move(key));
    setText(object, "signatureAlgorithm", content.signatureAlgorithm);
    setValue(object, "keyUsage", std::move(usage));
    setValue(object, "extendedKeyUsage", jsonOf(content.extendedKeyUsage));
    setText(object, "fingerprint", content.fingerprint);
    setValue(object, "ocsp", jsonOf(content.ocsp));
    setValue(object, "caIssuers", jsonOf(content.caIssuers));
    setValue(object, "crl", jsonOf(content.crl));
    return object;
}

CertificateContent readContent(ObjectReader& reader) {
    constexpr std::int64_t kMostBits = 1'000'000;
    CertificateContent content;
    content.subject = readName(reader, "subject");
    content.issuer = readName(reader, "issuer");
    content.serial = reader.text("serial");
    content.validFrom = reader.instant("validFrom");
    content.validTo = reader.instant("validTo");
    readObject(reader, "publicKey", [&](ObjectReader& key) {
        content.publicKey.algorithm = key.text("algorithm");
        content.publicKey.bits = static_cast<int>(key.optionalInteger("bits", 0, kMostBits));
        content.publicKey.curve = key.optionalText("curve");
    });
    content.signatureAlgorithm = reader.text("signatureAlgorithm");
    // A usage that this program does not know yet is left out, as answers may grow.
    reader.eachText("keyUsage", [&](std::string_view name) {
        for (std::size_t i = 0; i < static_cast<std::size_t>(KeyUsage::Count); ++i) {
            if (nameOf(static_cast<KeyUsage>(i)) == name)
                content.keyUsage.push_back(static_cast<KeyUsage>(i));
        }
    });
    content.extendedKeyUsage = readTexts(reader, "extendedKeyUsage");
    content.fingerprint = reader.text("fingerprint");
    content.ocsp = readTexts(reader, "ocsp");
    content.caIssuers = readTexts(reader, "caIssuers");
    content.crl = readTexts(reader, "crl");
    return content;
}

json jsonOf(const CertificateChain& chain) {
    json object(json::value_t::object);
    setText(object, "verdict", nameOf(chain.verdict));
    setValue(object, "path", jsonOf(chain.path));
    if (!chain.missingIssuer.empty()) setText(object, "missingIssuer", chain.missingIssuer);
    setText(object, "revocation", "notChecked");
    return object;
}

}  // namespace

json toJson(const CertificateDetails& details) {
    json object(json::value_t::object);
    setValue(object, "certificate", toJson(details.certificate));
    setText(object, "statusSource", kStatusSources[static_cast<std::size_t>(details.statusSource)]);
    setText(object, "source", kSources[static_cast<std::size_t>(details.source)]);
    setValue(object, "content", details.content ? jsonOf(*details.content) : json());
    setValue(object, "chain", jsonOf(details.chain));
    return object;
}

Parsed<CertificateDetails> parseCertificateDetails(const json& value) {
    ObjectReader reader(value);
    CertificateDetails details;
    if (const json* certificate = reader.value("certificate")) {
        auto parsed = parseCertificate(*certificate);
        if (!parsed) return ShapeError{"/certificate" + parsed.error().pointer, parsed.error().reason};
        details.certificate = std::move(parsed).value();
    }
    if (reader.has("statusSource"))
        details.statusSource = static_cast<StatusSource>(reader.choice("statusSource", kStatusSources));
    details.source = static_cast<CertificateSource>(reader.choice("source", kSources));
    if (const json* content = reader.optionalValue("content")) {
        ObjectReader inner(*content, reader, "content");
        details.content = readContent(inner);
    }
    readObject(reader, "chain", [&](ObjectReader& chain) {
        constexpr std::size_t kCount = static_cast<std::size_t>(ChainVerdict::Count);
        std::array<std::string_view, kCount> verdicts;
        for (std::size_t i = 0; i < kCount; ++i)
            verdicts[i] = nameOf(static_cast<ChainVerdict>(i));
        details.chain.verdict = static_cast<ChainVerdict>(chain.choice("verdict", verdicts));
        details.chain.path = readTexts(chain, "path");
        details.chain.missingIssuer = chain.optionalText("missingIssuer");
    });
    return reader.finish(std::move(details), UnknownKeys::Ignored);
}

}  // namespace smartca
