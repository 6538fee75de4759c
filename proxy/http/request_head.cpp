#include "proxy/http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

#include "proxy/base/text.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

// RFC 9110 §5.6.2. The underscore is a token character, but CGI-style programs before us read it as a hyphen.
bool isNameCharacter(char c) {
    constexpr std::string_view kSigns = "!#$%&'*+-.^`|~";
    return isAsciiDigit(c) || isAsciiLetter(c) || kSigns.find(c) != std::string_view::npos;
}

bool isPathCharacter(char c) {
    constexpr std::string_view kRefused = "\"#<>\\^`{|}";
    return c > 0x20 && c < 0x7f && kRefused.find(c) == std::string_view::npos;
}

// Browsers send more signs as they are: WHATWG URL §1.3, the query percent-encode set.
bool isQueryCharacter(char c) {
    constexpr std::string_view kRefused = "\"#<>";
    return c > 0x20 && c < 0x7f && kRefused.find(c) == std::string_view::npos;
}

bool isHostCharacter(char c) {
    constexpr std::string_view kSigns = ".-_:[]";
    return isAsciiDigit(c) || isAsciiLetter(c) || kSigns.find(c) != std::string_view::npos;
}

// cpp-httplib before 0.44.0 decodes %XX in header values after it has checked them (CVE-2026-45372), and so
// may others behind us.
bool hidesLineBreak(std::string_view value) {
    for (std::size_t at = value.find('%'); at != std::string_view::npos; at = value.find('%', at + 1)) {
        const std::string code = base::lowerCase(value.substr(at + 1, 2));
        if (code == "0d" || code == "0a" || code == "00") return true;
    }
    return false;
}

std::optional<Refusal> readRequestLine(std::string_view line, RequestHead& head) {
    const auto firstBlank = line.find(' ');
    const auto lastBlank = line.rfind(' ');
    if (firstBlank == std::string_view::npos || firstBlank == lastBlank)
        return Refusal{400, "The request line is not METHOD TARGET VERSION."};
    const auto method = line.substr(0, firstBlank);
    const auto target = line.substr(firstBlank + 1, lastBlank - firstBlank - 1);
    const auto version = line.substr(lastBlank + 1);

    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (method.empty() || method.size() > 16 || !std::all_of(method.begin(), method.end(), isUpper))
        return Refusal{400, "The method is not a word of capital letters."};
    if (version == "HTTP/1.0") {
        head.version = Version::Http10;
        head.keepAlive = false;
    } else if (version != "HTTP/1.1") {
        return version.starts_with("HTTP/") ? Refusal{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."}
                                            : Refusal{400, "The request line does not end in a version."};
    }
    if (target.size() > kMaximumTargetBytes) return Refusal{414, "The request target is too long."};
    if (!target.starts_with('/'))
        return Refusal{400, "The request target must be a path; absolute and authority forms are refused."};
    const auto question = std::min(target.find('?'), target.size());
    head.method = method;
    head.path = target.substr(0, question);
    head.query = target.substr(std::min(question + 1, target.size()));
    if (!std::ranges::all_of(head.path, isPathCharacter) ||
        !std::ranges::all_of(head.query, isQueryCharacter))
        return Refusal{400, "The request target holds a character that must be percent-encoded."};
    return std::nullopt;
}

// Content_Length, which a program before us may have taken for where the body ends.
bool isNearlyFraming(std::string_view name) {
    std::string letters;
    std::ranges::copy_if(base::lowerCase(name), std::back_inserter(letters), isAsciiLetter);
    return letters == "contentlength" || letters == "transferencoding";
}

std::optional<Refusal> readField(std::string_view line, RequestHead& head) {
    if (line.front() == ' ' || line.front() == '\t') return Refusal{400, "Folded header lines are refused."};
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return Refusal{400, "A header line has no name."};
    const auto name = line.substr(0, colon);
    if (std::ranges::any_of(name, [](char c) { return (c >= 0 && c <= 0x20) || c == 0x7f; }))
        return Refusal{400, "A header name holds a blank or a control character."};
    if (!std::ranges::all_of(name, isNameCharacter)) {
        if (isNearlyFraming(name))
            return Refusal{400, "A header name is nearly Content-Length or Transfer-Encoding."};
        return std::nullopt;  // dropped, as nginx does; log-in filters send some, such as SM_USER
    }
    auto value = line.substr(colon + 1);
    constexpr std::string_view kBlanks = " \t";
    const auto first = value.find_first_not_of(kBlanks);
    value = first == std::string_view::npos
                ? std::string_view{}
                : value.substr(first, value.find_last_not_of(kBlanks) - first + 1);
    const auto isControl = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    };
    // What other applications of this host and other pages put there is theirs, and goes no further than this
    // line.
    auto field = base::lowerCase(name);
    const bool foreign = field == "cookie" || field == "referer";
    if (std::any_of(value.begin(), value.end(), isControl) || (!foreign && hidesLineBreak(value)))
        return Refusal{400, "A header value holds a control character, plain or percent-encoded."};
    if (foreign) return std::nullopt;
    if (head.headers.size() == kMaximumHeaderFields)
        return Refusal{431, "There are too many header lines.", {}, ProblemCode::MalformedRequest};
    head.headers.push_back({std::move(field), std::string(value)});
    return std::nullopt;
}

// Headers whose meaning would depend on which of two lines a program takes.
constexpr std::array<std::string_view, 13> kSingletons = {"host",
                                                          "content-length",
                                                          "content-type",
                                                          "transfer-encoding",
                                                          "authorization",
                                                          "origin",
                                                          "idempotency-key",
                                                          "sec-fetch-site",
                                                          "expect",
                                                          "if-none-match",
                                                          "x-request-id",
                                                          "content-encoding",
                                                          "access-control-request-method"};

std::ptrdiff_t countOf(const RequestHead& head, std::string_view name) {
    return std::count_if(head.headers.begin(), head.headers.end(),
                         [&](const HeaderField& field) { return field.name == name; });
}

bool has(const RequestHead& head, std::string_view name) {
    return countOf(head, name) > 0;
}

std::optional<Refusal> checkSingletons(const RequestHead& head) {
    for (const auto name : kSingletons)
        if (countOf(head, name) > 1) return Refusal{400, "A header that may appear once appears twice."};
    // HTTP/1.0, as balancers' checks speak it, has no Host.
    const bool needsHost = head.version != Version::Http10 && !has(head, "host");
    return needsHost ? std::optional(Refusal{400, "The Host header is missing."}) : std::nullopt;
}

// RFC 9112 §6: where the body ends.
std::optional<Refusal> readFraming(RequestHead& head) {
    const bool hasLength = has(head, "content-length");
    const bool carriesBody = head.method == "POST" || head.method == "PATCH" || head.method == "PUT";
    if (has(head, "transfer-encoding")) {
        if (hasLength) return Refusal{400, "Content-Length and Transfer-Encoding exclude each other."};
        if (head.version == Version::Http10 || !carriesBody)
            return Refusal{400, "Transfer-Encoding does not belong into this request."};
        if (base::lowerCase(head.header("transfer-encoding")) != "chunked")
            return Refusal{411,
                           "Send the body with Content-Length or in chunks; other codings are not accepted."};
        head.isChunked = true;
    }
    if (has(head, "content-encoding")) return Refusal{415, "Compressed request bodies are not accepted."};
    if (head.isChunked) return std::nullopt;
    if (!hasLength)
        return carriesBody ? std::optional(Refusal{411, "Content-Length is missing."}) : std::nullopt;

    const auto text = head.header("content-length");
    if (text.empty() || text.size() > 15 || !std::all_of(text.begin(), text.end(), isAsciiDigit))
        return Refusal{400, "Content-Length is not a plain decimal number."};
    std::from_chars(text.data(), text.data() + text.size(), head.contentLength);
    if (head.contentLength > 0 && !carriesBody) return Refusal{400, "This method carries no body."};
    return std::nullopt;
}

std::optional<Refusal> readConnectionHeaders(RequestHead& head) {
    const auto host = head.header("host");
    if ((host.empty() && has(head, "host")) || host.size() > 255 ||
        !std::all_of(host.begin(), host.end(), isHostCharacter))
        return Refusal{400, "The Host header is not a host name with an optional port."};
    if (base::lowerCase(head.header("connection")).find("close") != std::string::npos) head.keepAlive = false;
    if (has(head, "expect")) {
        if (base::lowerCase(head.header("expect")) != "100-continue")
            return Refusal{417, "Only the expectation 100-continue is understood."};
        head.expectsContinue =
            head.version == Version::Http11;  // an older client would take it for the answer
    }
    return std::nullopt;
}

// "0.5" in thousandths.
int weightOf(std::string_view number) {
    if (number.empty() || (number[0] != '0' && number[0] != '1')) return 0;
    int weight = (number[0] - '0') * 1000;
    if (number.size() < 2 || number[1] != '.') return weight;
    int scale = 100;
    for (std::size_t i = 2; i < number.size() && isAsciiDigit(number[i]); ++i, scale /= 10)
        weight += (number[i] - '0') * scale;
    return weight;
}

}  // namespace

std::vector<WeightedItem> weightedList(std::string_view field) {
    std::vector<WeightedItem> items;
    while (!field.empty()) {
        const auto item = field.substr(0, field.find(','));
        field.remove_prefix(std::min(item.size() + 1, field.size()));
        const auto name = item.substr(0, item.find(';'));
        const auto at = item.find("q=", name.size());
        items.push_back({base::lowerCase(trimmed(name)),
                         at == std::string_view::npos ? 1000 : weightOf(item.substr(at + 2))});
    }
    return items;
}

std::string_view RequestHead::header(std::string_view name) const {
    for (const auto& field : headers) {
        if (field.name == name) return field.value;
    }
    return {};
}

Result<RequestHead, Refusal> parseHead(std::string_view text) {
    RequestHead head;
    std::size_t at = text.find("\r\n");
    if (at == std::string_view::npos) return Refusal{400, "The head has no end."};
    if (auto refusal = readRequestLine(text.substr(0, at), head)) return *refusal;
    for (at += 2; at < text.size();) {
        const auto end = text.find("\r\n", at);
        if (end == std::string_view::npos) return Refusal{400, "The head has no end."};
        if (end == at) break;
        if (auto refusal = readField(text.substr(at, end - at), head)) return *refusal;
        at = end + 2;
    }
    if (auto refusal = checkSingletons(head)) return *refusal;
    if (auto refusal = readFraming(head)) return *refusal;
    if (auto refusal = readConnectionHeaders(head)) return *refusal;
    return head;
}

HeadScan scanHead(std::string_view received, std::size_t from) {
    for (std::size_t at = from < 3 ? 0 : from - 3; at < received.size(); ++at) {
        const char c = received[at];
        if (c == '\0') return {std::nullopt, Refusal{400, "The head holds a NUL."}};
        if (c == '\n' && (at == 0 || received[at - 1] != '\r'))
            return {std::nullopt, Refusal{400, "A line ends in a bare LF."}};
        if (c == '\r' && at + 1 < received.size() && received[at + 1] != '\n')
            return {std::nullopt, Refusal{400, "A CR stands alone."}};
        if (c == '\n' && at >= 3 && received.substr(at - 3, 4) == "\r\n\r\n") return {at + 1, std::nullopt};
        if (c == '\n' && at == 1)
            return {std::nullopt, Refusal{400, "The request begins with an empty line."}};
    }
    if (received.size() > kMaximumHeadBytes) return {std::nullopt, Refusal{431, "The head is too large."}};
    return {};
}

}  // namespace smartca::http
