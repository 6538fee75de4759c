#include "proxy/http/trace_context.h"

#include <algorithm>

#include "proxy/base/crypto.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

constexpr std::size_t kTrace = 3;  // where it begins
constexpr std::size_t kTraceSize = 32;
constexpr std::size_t kSpan = kTrace + kTraceSize + 1;
constexpr std::size_t kSpanSize = 16;
constexpr std::size_t kFlags = kSpan + kSpanSize + 1;
constexpr std::size_t kSize = kFlags + 2;

bool isId(std::string_view text) {
    const auto isSmallDigit = [](char c) { return isAsciiDigit(c) || (c >= 'a' && c <= 'f'); };
    return std::ranges::all_of(text, isSmallDigit) &&
           std::ranges::any_of(text, [](char c) { return c != '0'; });
}

bool isTraceparent(std::string_view text) {
    // A later version may have more behind a hyphen; "ff" is none.
    const bool isFirst = text.starts_with("00");
    if (text.size() < kSize || (isFirst && text.size() != kSize) || text.starts_with("ff")) return false;
    if (text.size() > kSize && text[kSize] != '-') return false;
    const auto version = "1" + std::string(text.substr(0, 2));
    const auto flags = "1" + std::string(text.substr(kFlags, 2));
    return isId(version) && isId(flags) && text[2] == '-' && text[kSpan - 1] == '-' &&
           text[kFlags - 1] == '-' && isId(text.substr(kTrace, kTraceSize)) &&
           isId(text.substr(kSpan, kSpanSize));
}

}  // namespace

std::string traceparentFor(std::string_view header) {
    const auto random = [](std::size_t digits) { return hexadecimalOf(base::randomBytes(digits / 2)); };
    const bool isGiven = isTraceparent(header);
    const std::string trace = isGiven ? std::string(header.substr(kTrace, kTraceSize)) : random(kTraceSize);
    const std::string flags = isGiven ? std::string(header.substr(kFlags, 2)) : "00";
    return "00-" + trace + '-' + random(kSpanSize) + '-' + flags;
}

std::string_view traceOf(std::string_view traceparent) {
    return traceparent.size() == kSize ? traceparent.substr(kTrace, kTraceSize) : std::string_view();
}

}  // namespace smartca::http
