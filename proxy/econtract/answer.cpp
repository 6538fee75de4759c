#include "proxy/econtract/answer.h"

#include <optional>

#include "proxy/base/unicode.h"
#include "proxy/econtract/records.h"
#include "shared/json_guard.h"

namespace smartca::econtract {
namespace {

constexpr JsonLimits kLimits{.depth = 12, .values = 100'000};
constexpr std::size_t kLongestMessage = 300;
constexpr std::int64_t kNotAuthenticated = 401;

struct Envelope {
    bool success = false;
    std::int64_t code = 0;
    std::string message;
    Json data;
};

void appendWords(std::string& words, const Json& value) {
    if (!value.is_string()) return;
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty()) return;
    if (!words.empty()) words += "; ";
    words += text;
}

std::string wordsOf(const Json& envelope) {
    std::string words;
    for (const char* key : {"messages", "message"}) {
        const auto found = envelope.find(key);
        if (found == envelope.end() || !words.empty()) continue;
        appendWords(words, *found);
        if (!found->is_array()) continue;
        for (const auto& each : *found)
            appendWords(words, each);
    }
    return base::cleaned(words, kLongestMessage);
}

Result<Envelope, std::string> readEnvelope(std::string_view body) {
    auto json = parseJson(body, kLimits);
    if (!json) return std::string("the body is no JSON that we take: ") + nameOf(json.error());
    if (!json.value().is_object()) return std::string("the answer is no object");
    const auto success = json.value().find("success");
    if (success == json.value().end() || !success->is_boolean())
        return std::string("no success in the answer");
    Envelope envelope;
    envelope.success = success->get<bool>();
    if (const auto code = json.value().find("code"); code != json.value().end())
        envelope.code = numberOf(*code).value_or(0);
    envelope.message = wordsOf(json.value());
    if (const auto data = json.value().find("data"); data != json.value().end())
        envelope.data = std::move(*data);
    return envelope;
}

bool isServerError(int status) {
    return status >= 500;
}

}  // namespace

base::Fault faultOf(const upstream::HttpError& error, Purpose purpose) {
    if (error.fault == upstream::HttpFault::Untrusted)
        return {ProblemCode::PortalUntrusted, {}, error.detail};
    if (purpose == Purpose::Change)
        return {error.sent == upstream::Sent::No ? ProblemCode::Unavailable : ProblemCode::OutcomeUnknown,
                {},
                error.detail};
    const bool nonsense = error.fault == upstream::HttpFault::Nonsense;
    return {nonsense ? ProblemCode::PortalNonsense : ProblemCode::Unavailable, {}, error.detail};
}

base::Outcome<Json> readAnswer(const upstream::HttpResponse& answer, Purpose purpose) {
    const std::string http = "HTTP " + std::to_string(answer.status);
    auto envelope = readEnvelope(answer.body);
    const bool contradicts = envelope && envelope.value().success && answer.status != 200;
    // A server that broke down while it worked may have done the work, whatever its answer looks like.
    const bool open =
        purpose == Purpose::Change && (!envelope || contradicts || isServerError(answer.status));
    if (open) {
        return base::Fault{ProblemCode::OutcomeUnknown, envelope ? envelope.value().message : std::string(),
                           http + (envelope ? "" : ": " + envelope.error())};
    }
    if (!envelope) {
        const bool away = answer.status >= 502 && answer.status <= 504;
        return base::Fault{away ? ProblemCode::Unavailable : ProblemCode::PortalNonsense,
                           {},
                           http + ": " + envelope.error()};
    }
    if (contradicts) return base::Fault{ProblemCode::PortalNonsense, {}, http + ", yet success says true"};
    if (!envelope.value().success) {
        const auto& refusal = envelope.value();
        return base::Fault{ProblemCode::PortalRefused, refusal.message,
                           "eContract answered success false, code " + std::to_string(refusal.code)};
    }
    return std::move(envelope).value().data;
}

bool isUnauthorized(const upstream::HttpResponse& answer) {
    if (answer.status == kNotAuthenticated) return true;
    if (answer.body.find("401") == std::string::npos) return false;  // spares most answers a second reading
    const auto envelope = readEnvelope(answer.body);
    return envelope && !envelope.value().success && envelope.value().code == kNotAuthenticated;
}

}  // namespace smartca::econtract
