// A connection to an upstream as a stream of bytes, with TLS or without. Every call ends at its deadline,
// however slowly the other side speaks.
//
// Threads: one at a time.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/base/unique_descriptor.h"
#include "proxy/upstream/http_client.h"

namespace smartca::upstream {

struct FreeSsl {
    void operator()(SSL* session) const { SSL_free(session); }
};
using TlsContext = std::shared_ptr<SSL_CTX>;

// The settings of TLS for that host: 1.2 or newer, its certificate verified by the authorities in a PEM bundle,
// or by the system's where the path is empty, and to be its own. The error names the file.
Result<TlsContext, std::string> makeTlsContext(const std::string& host, const std::string& caFile);

class Channel {
  public:
    // Null context: without TLS.
    static Result<std::unique_ptr<Channel>, HttpError> open(const BaseUrl& url, SSL_CTX* context,
                                                            Deadline deadline);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    // Nothing, once all of it was written.
    std::optional<HttpError> write(std::string_view bytes, Deadline deadline);
    // Appends what has come. False at the end of the stream, which with TLS need not be announced: many gateways
    // just close. Whether an answer is whole, its length tells, or its JSON where it has none.
    Result<bool, HttpError> read(std::string& bytes, Deadline deadline);
    // Nothing has come since the last answer, not even the end.
    bool isIdle();

  private:
    explicit Channel(base::UniqueDescriptor socket) : socket_(std::move(socket)) {}
    std::optional<HttpError> shakeHands(const BaseUrl& url, SSL_CTX* context, Deadline deadline);
    template <class Call>
    Result<int, HttpError> drive(Call call, short events, Deadline deadline);

    base::UniqueDescriptor socket_;
    std::unique_ptr<SSL, FreeSsl> session_;
};

}  // namespace smartca::upstream
