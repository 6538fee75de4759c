#include "proxy/upstream/certificate_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "proxy/base/text.h"
#include "proxy/base/unicode.h"
#include "proxy/upstream/certificate_item.h"
#include "proxy/upstream/certificate_status.h"
#include "proxy/upstream/denial.h"
#include "proxy/upstream/redaction.h"
#include "proxy/upstream/refusal.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

using Json = nlohmann::json;

constexpr JsonLimits kLimits{.depth = 12, .values = 10'000};
constexpr std::size_t kLongestReasons = 500;
constexpr int kDeepestWrapping = 3;
constexpr std::int64_t kCreated = 201;  // HTTP's, of a POST that went well

base::Fault nonsense(std::string detail) {
    return {ProblemCode::UpstreamNonsense, {}, std::move(detail)};
}

// Some gateways write one before their JSON.
std::string_view withoutByteOrderMark(std::string_view text) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    return text;
}

// Null where it is missing or null.
const Json* memberOf(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

// The answer without the `responseBody` that some gateways put around it.
Result<Json, JsonError> unwrapped(std::string_view body) {
    auto answer = parseJson(withoutByteOrderMark(body), kLimits);
    for (int i = 0; i < kDeepestWrapping && answer && answer.value().is_object(); ++i) {
        const auto inner = answer.value().find("responseBody");
        if (inner == answer.value().end()) break;
        if (inner->is_string()) {
            const std::string text = inner->get<std::string>();
            answer = parseJson(withoutByteOrderMark(text), kLimits);
        } else {
            Json content = std::move(*inner);
            answer = Result<Json, JsonError>(std::move(content));
        }
    }
    return answer;
}

// A number, or digits.
std::optional<std::int64_t> codeOf(const Json& value) {
    constexpr std::int64_t kLargest = 99'999;
    if (value.is_string())
        return base::wholeNumberOf(value.get_ref<const std::string&>(), -kLargest, kLargest);
    if (!value.is_number()) return std::nullopt;
    const auto number = value.get<double>();
    if (!(number >= -kLargest && number <= kLargest))
        return std::nullopt;  // before the cast, which is undefined beyond
    const auto code = static_cast<std::int64_t>(number);
    return static_cast<double>(code) == number ? std::optional(code) : std::nullopt;
}

// Where the certificates may be. Null: nowhere.
const Json* listIn(const Json& envelope, const Json* data) {
    constexpr const char* kKey = "user_certificates";
    if (data != nullptr && data->is_array()) return data;
    const Json* inData = data != nullptr ? memberOf(*data, kKey) : nullptr;
    return inData != nullptr ? inData : memberOf(envelope, kKey);
}

// At any depth a list that is not empty, or a certificate: what we look for, it may be, under another name.
bool holdsList(const Json& value) {
    if (value.is_array() && !value.empty()) return true;
    return value.is_object() && (hasCertificateData(value) || std::ranges::any_of(value, holdsList));
}

std::string placeOf(std::size_t index, std::size_t count) {
    return "certificate " + std::to_string(index + 1) + " of " + std::to_string(count);
}

// What is said of the same certificate once more. Of two statuses the worse counts.
std::string merged(SmartCaCertificate& known, SmartCaCertificate again) {
    std::string note = " left out: it stands there before";
    if (again.status != known.status)
        note.append(", as ")
            .append(nameOf(known.status))
            .append(" and here as ")
            .append(nameOf(again.status));
    if (worse(known.status, again.status) != known.status) {
        known.status = again.status;
        known.statusText = std::move(again.statusText);
    }
    for (const auto each : again.notes)
        if (std::ranges::find(known.notes, each) == known.notes.end()) known.notes.push_back(each);
    return note;
}

// One that cannot be read may be the same as one that can: then it is of the worse status.
void takeWorse(CertificateAnswer& answer) {
    for (const auto& unreadable : answer.unreadable)
        for (auto& one : answer.certificates) {
            if (one.serial != unreadable.serial || worse(one.status, unreadable.status) == one.status)
                continue;
            one.status = unreadable.status;
            one.statusText = unreadable.statusText;
            answer.notes.push_back("serial " + one.serial + " stands there again, unreadable, as " +
                                   std::string(nameOf(unreadable.status)));
        }
}

// Serial numbers are unique for one issuer alone (RFC 5280 §4.1.2.2), and a certificate is added by nothing else.
void noteSharedSerials(CertificateAnswer& answer) {
    for (auto& one : answer.certificates) {
        const auto isSame = [&one](const auto& other) { return other.serial == one.serial; };
        if (std::ranges::count_if(answer.certificates, isSame) == 1) continue;
        one.notes.push_back(CertificateNote::SerialShared);
        answer.notes.push_back("serial " + one.serial + " of " + one.issuer +
                               " is another certificate's, too");
    }
}

base::Outcome<CertificateAnswer> readList(const Json& list, const Identity& asked) {
    CertificateAnswer answer;
    answer.listed = list.size();
    bool isHeldBack = false;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = placeOf(i, list.size());
        auto read = readCertificateItem(list[i], asked);
        if (!read) {
            answer.notes.push_back(place + " cannot be read: " + read.error());
            const auto named = namedBeside(list[i]);
            const bool isOne = named && (!hasCertificateData(list[i]) || !named->statusText.empty());
            isHeldBack = isHeldBack || isOne;
            answer.unreadable.push_back(named.value_or(UnreadableItem{}));
            continue;
        }
        SmartCaCertificate& certificate = read.value().certificate;
        for (const auto& remark : read.value().remarks)
            answer.notes.push_back(place + ", serial " + certificate.serial + ": " + remark);
        const auto known = std::ranges::find(answer.certificates, certificate.der, &SmartCaCertificate::der);
        if (known == answer.certificates.end())
            answer.certificates.push_back(std::move(certificate));
        else
            answer.notes.push_back(place + merged(*known, std::move(certificate)));
    }
    takeWorse(answer);
    noteSharedSerials(answer);
    if (!answer.certificates.empty() || list.empty() || isHeldBack) return answer;
    std::string reasons;
    for (const auto& note : answer.notes)
        reasons += (reasons.empty() ? "" : "; ") + note;
    return nonsense(shortenedTo(reasons, kLongestReasons));
}

// `envelope` says success.
base::Outcome<CertificateAnswer> listedIn(const Json& envelope, const Identity& asked) {
    const Json* data = memberOf(envelope, "data");
    const Json* list = listIn(envelope, data);
    if (list != nullptr && list->is_object() && !list->empty()) return readList(Json::array({*list}), asked);
    if (list != nullptr)
        return list->is_array() ? readList(*list, asked) : nonsense("user_certificates is no list");
    if (data != nullptr && !data->is_object()) return nonsense("data is no object");
    const bool isBlank = data == nullptr || data->empty() || data->contains("user_certificates");
    if (!isBlank || holdsList(envelope)) return nonsense("a success without user_certificates");
    return CertificateAnswer{};
}

// With those that did not come.
base::Outcome<CertificateAnswer> allIn(const Json& envelope, const Identity& asked) {
    auto listed = listedIn(envelope, asked);
    if (!listed) return listed;
    if (const auto more = moreThanListed(envelope, listed.value().listed); more.count > 0) {
        auto& answer = listed.value();
        if (answer.saysNone()) return nonsense("no certificate came, and " + more.member);
        answer.notes.push_back("not all certificates came: " + more.member);
        answer.unreadable.resize(answer.unreadable.size() + more.count);
    }
    return listed;
}

base::Outcome<CertificateAnswer> certificatesIn(const Json& envelope, const Identity& asked) {
    auto listed = allIn(envelope, asked);
    if (!listed) return listed;
    auto empty = emptyAnswerOf(envelope);
    if (listed.value().saysNone())
        return empty ? base::Outcome<CertificateAnswer>(CertificateAnswer{std::move(empty).value()})
                     : empty.error();
    if (!empty) listed.value().notes.emplace_back("the message beside the list is none of a success");
    return listed;
}

// SmartCA's codes are those of HTTP, or have five digits.
bool isUndocumented(std::int64_t code) {
    return code < 100;
}

// `envelope` has such a code, and words of success beside it: they count. That there is none takes a code that is
// known.
base::Outcome<CertificateAnswer> listedByWords(const Json& envelope, const Identity& asked) {
    auto listed = allIn(envelope, asked);
    if (!listed) return listed;
    if (listed.value().saysNone()) return nonsense("words of success, and neither its code nor certificates");
    listed.value().notes.emplace_back("status_code is not known; the words beside it are those of a success");
    return listed;
}

}  // namespace

base::Outcome<CertificateAnswer> readCertificateAnswer(int httpStatus, std::string_view body,
                                                       std::string_view password, const Identity& asked) {
    const std::string http = "HTTP " + std::to_string(httpStatus) + ": ";
    auto answer = unwrapped(body);
    if (!answer) {
        base::Fault fault = faultOfPage(httpStatus, body, password);
        fault.detail.append(": the body is no JSON that we take: ").append(nameOf(answer.error()));
        return fault;
    }
    redact(answer.value(), {password});
    const Json& envelope = answer.value();
    const Json* codeAt = memberOf(envelope, "status_code");
    const auto code = codeAt == nullptr ? std::nullopt : codeOf(*codeAt);
    if (!code) return faultOfForeignJson(httpStatus, envelope);

    const bool hasData =
        memberOf(envelope, "data") != nullptr || memberOf(envelope, "user_certificates") != nullptr;
    const bool byCode = *code == 200 || (*code == 0 && hasData);
    const bool byWords = (isUndocumented(*code) || *code == kCreated) && saysSuccess(envelope);
    if (byCode || byWords) {
        if (httpStatus < 200 || httpStatus > 299) return nonsense(http + "yet status_code says success");
        return byCode ? certificatesIn(envelope, asked) : listedByWords(envelope, asked);
    }
    if (isUndocumented(*code) && saysNothing(envelope)) return faultOfForeignJson(httpStatus, envelope);
    auto meaning = refusalOf(*code, envelope);
    if (!meaning) return meaning.error();
    CertificateAnswer none{std::move(meaning).value()};
    none.notes.push_back("SmartCA answered status_code " + std::to_string(*code) + ", \"" +
                         messageIn(envelope) + '"');
    return none;
}

}  // namespace smartca::upstream
