#include "proxy/upstream/http_answer.h"

#include <charconv>
#include <tuple>
#include <utility>

#include "proxy/base/text.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

constexpr std::size_t kLongestHead = 64 * 1024;  // with the 1xx before it; of a body's trailers

HttpError notUnderstood(std::string detail) {
    return {HttpFault::Nonsense, Sent::No, std::move(detail)};
}

// "HTTP/1.1 200 OK"; nothing where it is something else.
std::optional<std::pair<int, int>> versionAndStatusOf(std::string_view line) {
    if (!line.starts_with("HTTP/1.") || line.size() < 12 || line[8] != ' ') return std::nullopt;
    if (line.size() > 12 && line[12] != ' ') return std::nullopt;
    const auto version = base::wholeNumberOf(line.substr(7, 1), 0, 9);
    const auto status = base::wholeNumberOf(line.substr(9, 3), 100, 999);
    if (!version || !status) return std::nullopt;
    return std::pair(static_cast<int>(*version), static_cast<int>(*status));
}

}  // namespace

Result<HttpAnswer, HttpError> AnswerReader::read() {
    constexpr int kSwitching = 101;
    HttpAnswer answer;
    Head head;
    do {
        head = {};
        if (auto failure = readHead(head)) return *std::move(failure);
    } while (head.status < 200 && head.status != kSwitching);
    if (head.status == kSwitching) return notUnderstood("it switches to another protocol");
    if (auto failure = readBody(head, answer.response.body)) return *std::move(failure);
    answer.response.status = head.status;
    answer.response.retryAfter = std::move(head.retryAfter);
    const bool isDelimited = head.isChunked ? !head.length : head.length.has_value();
    answer.mayFollow = isDelimited && !head.isClosing && head.minorVersion > 0 && at_ == buffer_.size();
    return answer;
}

AnswerReader::Failure AnswerReader::readHead(Head& head) {
    std::string line;
    if (auto failure = readLine(line)) return failure;
    const auto begun = versionAndStatusOf(line);
    if (!begun) return notUnderstood("it is not HTTP/1.1");
    std::tie(head.minorVersion, head.status) = *begun;
    for (;;) {
        if (auto failure = readLine(line)) return failure;
        if (line.empty()) return std::nullopt;
        if (auto failure = readField(line, head)) return failure;
    }
}

AnswerReader::Failure AnswerReader::readField(std::string_view line, Head& head) const {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string name = base::lowerCase(trimmed(line.substr(0, colon)));  // RFC 9112 §5.1
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-length") {
        constexpr std::int64_t kLargest = std::int64_t{1} << 53;
        const auto length = base::wholeNumberOf(value, 0, kLargest);
        if (!length || (head.length && *head.length != static_cast<std::size_t>(*length)))
            return notUnderstood("its Content-Length is no length");
        head.length = static_cast<std::size_t>(*length);
    } else if (name == "transfer-encoding") {
        if (base::lowerCase(value) != "chunked") return notUnderstood("its Transfer-Encoding is not known");
        head.isChunked = true;
    } else if (name == "connection") {
        head.isClosing = head.isClosing || base::lowerCase(value).find("close") != std::string::npos;
    } else if (name == "retry-after") {
        head.retryAfter = value;
    }
    return std::nullopt;
}

AnswerReader::Failure AnswerReader::readBody(const Head& head, std::string& body) {
    constexpr int kNoContent = 204;
    constexpr int kNotModified = 304;
    if (head.status == kNoContent || head.status == kNotModified) return std::nullopt;
    if (head.isChunked) return readChunks(body);
    if (!head.length) return readToEnd(body);
    return *head.length > bound_ ? tooLarge() : take(*head.length, body);
}

AnswerReader::Failure AnswerReader::readChunks(std::string& body) {
    std::string line;
    for (;;) {
        headBytes_ = 0;
        if (auto failure = readLine(line)) return failure;
        const std::string_view digits = trimmed(std::string_view(line).substr(0, line.find(';')));
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
        if (error != std::errc{} || end != digits.data() + digits.size())
            return notUnderstood("a chunk has no length");
        if (size > bound_ - body.size()) return tooLarge();
        if (size == 0) break;
        if (auto failure = take(size, body)) return failure;
        if (auto failure = readLine(line)) return failure;
        if (!line.empty()) return notUnderstood("a chunk is longer than it says");
    }
    do {  // trailers
        if (auto failure = readLine(line)) return failure;
    } while (!line.empty());
    return std::nullopt;
}

AnswerReader::Failure AnswerReader::readToEnd(std::string& body) {
    for (;;) {
        body.append(buffer_, at_);
        buffer_.clear();
        at_ = 0;
        if (body.size() > bound_) return tooLarge();
        const auto more = channel_.read(buffer_, deadline_);
        if (!more) return more.error();
        if (!more.value()) return std::nullopt;
    }
}

AnswerReader::Failure AnswerReader::readLine(std::string& line) {
    std::size_t end = buffer_.find('\n', at_);
    while (end == std::string::npos) {
        if (headBytes_ + buffer_.size() - at_ > kLongestHead) return notUnderstood("its head is too long");
        const std::size_t from = buffer_.size();
        if (auto failure = readMore()) return failure;
        end = buffer_.find('\n', from);
    }
    line.assign(buffer_, at_, end - at_);
    if (line.ends_with('\r')) line.pop_back();
    headBytes_ += end + 1 - at_;
    at_ = end + 1;
    return headBytes_ > kLongestHead ? Failure(notUnderstood("its head is too long")) : std::nullopt;
}

AnswerReader::Failure AnswerReader::take(std::size_t size, std::string& into) {
    while (buffer_.size() - at_ < size) {
        into.append(buffer_, at_);
        size -= buffer_.size() - at_;
        buffer_.clear();
        at_ = 0;
        if (auto failure = readMore()) return failure;
    }
    into.append(buffer_, at_, size);
    at_ += size;
    return std::nullopt;
}

AnswerReader::Failure AnswerReader::readMore() {
    auto more = channel_.read(buffer_, deadline_);
    hasBegun_ = hasBegun_ || !buffer_.empty();
    if (more && more.value()) return std::nullopt;
    HttpError error =
        more ? HttpError{HttpFault::Unreachable, Sent::No, "the connection was closed"} : more.error();
    if (error.fault == HttpFault::Unreachable)
        error.detail = (hasBegun_ ? "the answer broke off: " : "no answer: ") + error.detail;
    return error;
}

HttpError AnswerReader::tooLarge() const {
    return notUnderstood("the answer is larger than " + std::to_string(bound_) + " bytes");
}

}  // namespace smartca::upstream
