// Reads one HTTP/1.1 answer (RFC 9112) to a request that is no HEAD, as gateways send them: after any number of
// 1xx, by length, in chunks, or to the end of the connection.
//
// Threads: one at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/upstream/channel.h"

namespace smartca::upstream {

struct HttpAnswer {
    HttpResponse response{};
    bool mayFollow = false;  // another request may go over the same connection
};

class AnswerReader {
  public:
    AnswerReader(Channel& channel, Deadline deadline, std::size_t maximumBodyBytes)
        : channel_(channel), deadline_(deadline), bound_(maximumBodyBytes) {}

    Result<HttpAnswer, HttpError> read();
    // Something of an answer has come.
    bool hasBegun() const { return hasBegun_; }

  private:
    struct Head {
        int status = 0;
        int minorVersion = 1;
        bool isChunked = false;
        bool isClosing = false;
        std::optional<std::size_t> length{};
        std::string retryAfter{};
    };
    using Failure = std::optional<HttpError>;

    Failure readHead(Head& head);
    Failure readField(std::string_view line, Head& head) const;
    Failure readBody(const Head& head, std::string& body);
    Failure readChunks(std::string& body);
    Failure readToEnd(std::string& body);
    // Without its end; moves on behind it.
    Failure readLine(std::string& line);
    Failure take(std::size_t size, std::string& into);
    // At the end of the stream that is a failure.
    Failure readMore();
    HttpError tooLarge() const;

    Channel& channel_;
    const Deadline deadline_;
    const std::size_t bound_;
    std::string buffer_;
    std::size_t at_ = 0;  // what stands before it was read
    std::size_t headBytes_ = 0;
    bool hasBegun_ = false;
};

}  // namespace smartca::upstream
