#include "proxy/sandbox/misbehaviour.h"

#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace smartca::sandbox {
namespace {

// --- Below HTTP. httplib 0.41 gives a handler no way to leave a request unanswered, so the socket is taken
// from under it:
// --- its own write then fails and it closes the connection.

// httplib lends its session for reading only; whoever answers a request may write to it all the same.
SSL* sessionOf(const httplib::Request& request) {
    return static_cast<SSL*>(const_cast<void*>(request.ssl));
}

int socketOf(const httplib::Request& request) {
    return SSL_get_fd(sessionOf(request));
}

// FIN without TLS's close_notify and without an answer.
void drop(int socket) {
    ::shutdown(socket, SHUT_RDWR);
}

// RST at once. SO_LINGER 0 would do so only at close(), after httplib has written its answer or a FIN;
// dissolving the association (connect(2), AF_UNSPEC) aborts a TCP connection on Linux without closing the
// descriptor httplib still owns. Where that fails the peer sees an orderly end instead.
void reset(int socket) {
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    if (::connect(socket, &nobody, sizeof nobody) != 0) ::shutdown(socket, SHUT_RDWR);
}

bool clientGone(int socket) {
    pollfd waiting{socket, POLLRDHUP, 0};
    return ::poll(&waiting, 1, 0) > 0 && (waiting.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

// --- Bodies that are sent in an unusual way. httplib calls a content provider until it says false, which
// closes the
// --- connection, or until the announced length is reached.

using Body = std::shared_ptr<const std::string>;

void sendAndFail(httplib::Response& response, const Body& body, std::size_t announced,
                 const std::function<void()>& atTheEnd) {
    response.set_content_provider(announced, kJson,
                                  [body, atTheEnd](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                      if (offset < body->size())
                                          return sink.write(body->data() + offset, body->size() - offset);
                                      atTheEnd();
                                      return false;
                                  });
}

// httplib writes neither Content-Length nor chunks, and closes the connection when the provider fails.
void sendWithoutLength(httplib::Response& response, const Body& body, const std::function<void()>& end) {
    response.set_content_provider(kJson, [body, end](std::size_t, httplib::DataSink& sink) {
        sink.write(body->data(), body->size());
        end();
        return false;
    });
}

void sendInterim(SSL* session) {
    constexpr std::string_view kInterim =
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </notice>; rel=preload\r\n\r\n";
    SSL_write(session, kInterim.data(), static_cast<int>(kInterim.size()));
}

// No line of them is longer than any server's limit for one.
void addHeaders(httplib::Response& response, std::size_t size) {
    constexpr std::size_t kLine = 1'000;
    for (std::size_t at = 0; at < size; at += kLine)
        response.set_header("X-Trace-" + std::to_string(at / kLine),
                            std::string(std::min(kLine, size - at), 'a'));
}

void drip(httplib::Response& response, const Body& body, std::chrono::milliseconds pause, FaultPlan& plan,
          int socket) {
    response.set_content_provider(
        body->size(), kJson,
        [body, pause, &plan, socket](std::size_t offset, std::size_t, httplib::DataSink& sink) {
            const bool held = plan.hold(pause, [socket] { return clientGone(socket); });
            return held && sink.write(body->data() + offset, 1);
        });
}

void sendChunks(httplib::Response& response, const Body& body, std::size_t size) {
    response.set_chunked_content_provider(kJson, [body, size](std::size_t offset, httplib::DataSink& sink) {
        if (offset >= body->size()) {
            sink.done();
            return true;
        }
        return sink.write(body->data() + offset, std::min(size, body->size() - offset));
    });
}

// --- Bodies that are odd.

// The envelope of a success up to its data, which the caller writes, and one brace.
std::string successUpToData(Api api) {
    if (api == Api::EContract) return R"({"success":true,"code":0,"messages":[],"data":)";
    return R"({"status_code":200,"message":"Success","data":)";
}

// A string of `size` octets in all, made while it is sent.
void sendHuge(httplib::Response& response, Api api, std::size_t size) {
    const std::string start = successUpToData(api) + R"({"user_certificates":[],"more":")";
    const std::string end = R"("}})";
    const std::size_t filler = std::max(size, start.size() + end.size()) - start.size() - end.size();
    response.set_content_provider(
        start.size() + filler + end.size(), kJson,
        [start, end, filler](std::size_t offset, std::size_t, httplib::DataSink& sink) {
            if (offset < start.size()) return sink.write(start.data() + offset, start.size() - offset);
            const std::size_t inFiller = offset - start.size();
            if (inFiller < filler) {
                const std::string piece(std::min<std::size_t>(filler - inFiller, 16'384), 'A');
                return sink.write(piece.data(), piece.size());
            }
            const std::size_t inEnd = inFiller - filler;
            return sink.write(end.data() + inEnd, end.size() - inEnd);
        });
}

std::string deepJson(Api api, std::size_t depth) {
    return successUpToData(api) + std::string(depth, '[') + std::string(depth, ']') + '}';
}

// The dump escapes nothing in `octets`, which are no UTF-8, because they stand in for a mark.
std::string withMessageOf(const Reply& reply, std::string_view octets) {
    constexpr std::string_view kMark = "message-goes-here";
    Json envelope = reply.envelope;
    envelope[reply.api == Api::EContract ? "messages" : "message"] =
        reply.api == Api::EContract ? Json::array({kMark}) : Json(kMark);
    std::string body = envelope.dump();
    return body.replace(body.find(kMark), kMark.size(), octets);
}

std::string withTwoVerdicts(const Reply& reply) {
    const std::string first = reply.api == Api::EContract ? R"({"success":false,)" : R"({"status_code":401,)";
    return first + reply.envelope.dump().substr(1);
}

void sendPage(httplib::Response& response, int status, const std::string& title) {
    response.status = status;
    response.set_content("<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" +
                             title + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
                         "text/html");
}

void plainly(const Reply& reply, httplib::Response& response) {
    response.status = reply.status;
    response.set_content(reply.envelope.dump(), kJson);
}

Reply errorOf(Api api, int status, const std::string& message) {
    if (api == Api::SmartCa) return replyOf(refusal(status, message));
    return {api,
            status,
            {{"data", nullptr}, {"success", false}, {"code", status}, {"messages", Json::array({message})}}};
}

// A success that says so in the API's other way: status_code 0, or code 200.
Reply otherSuccess(Reply reply) {
    if (reply.status != 200) return reply;
    if (reply.api == Api::EContract) {
        reply.envelope["code"] = 200;
    } else {
        reply.envelope["status_code"] = 0;
    }
    return reply;
}

Reply successWith(Api api, Json data) {
    if (api == Api::SmartCa) return replyOf(success("Success", std::move(data)));
    return {
        api, 200, {{"data", std::move(data)}, {"success", true}, {"code", 0}, {"messages", Json::array()}}};
}

}  // namespace

bool clientGone(const httplib::Request& request) {
    return clientGone(socketOf(request));
}

void answerJson(httplib::Response& response, int status, const Json& body) {
    response.status = status;
    response.set_content(body.dump(), kJson);
}

void respond(const Reply& reply, const Fault& fault, FaultPlan& plan, const httplib::Request& request,
             httplib::Response& response) {
    const int socket = socketOf(request);
    const auto gone = [socket] { return clientGone(socket); };
    const auto body = std::make_shared<const std::string>(reply.envelope.dump());
    // The body is set once only: httplib takes Content-Length from a plain one even when a provider replaces
    // it.
    response.status = reply.status;
    switch (fault.mode) {
        case FaultMode::None:
            return plainly(reply, response);
        case FaultMode::Delay:
            plan.hold(fault.pause, gone);
            return plainly(reply, response);
        case FaultMode::Drop:
        case FaultMode::DropUndone:
            return drop(socket);
        case FaultMode::Reset:
            return reset(socket);
        case FaultMode::ResetInBody: {
            const auto half = std::make_shared<const std::string>(body->substr(0, body->size() / 2));
            return sendAndFail(response, half, body->size(), [socket] { reset(socket); });
        }
        case FaultMode::Hang:
            plan.hold(std::chrono::hours(24), gone);
            return drop(socket);
        case FaultMode::Truncated:
            return sendAndFail(response, body, body->size() + fault.size, [] {});
        case FaultMode::Drip:
            return drip(response, body, fault.pause, plan, socket);
        case FaultMode::Garbage:
            response.status = 200;
            return response.set_content("\x01\x02}{ status_code=200 ;;; \x7f", kJson);
        case FaultMode::Html502:
            return sendPage(response, 502, "502 Bad Gateway");
        case FaultMode::Html503:
            response.set_header("Retry-After", "120");
            return sendPage(response, 503, "503 Service Temporarily Unavailable");
        case FaultMode::Html403:
            return sendPage(response, 403, "403 Forbidden");
        case FaultMode::Busy:
            response.status = 503;
            response.set_header("Retry-After", "1");
            return response.set_content("", "text/plain");
        case FaultMode::Redirect:
            return response.set_redirect("https://elsewhere.invalid/sca/sp769", 307);
        case FaultMode::Status500:
            return plainly(errorOf(reply.api, 500, "SERVAR_INTERNAL_ERROR"), response);
        case FaultMode::Status403:
            return plainly(errorOf(reply.api, 403, "CREDENTIAL_STATUS_INVALID"), response);
        case FaultMode::Status401:
            return plainly(errorOf(reply.api, 401, fault.message), response);
        case FaultMode::Status429:
            response.set_header("Retry-After", "30");
            return plainly(errorOf(reply.api, 429, "Too many requests"), response);
        case FaultMode::ErrorsAsHttp200:
            plainly(reply, response);
            response.status = 200;
            return;
        case FaultMode::WrongContentType:
            return response.set_content(*body, "text/html");
        case FaultMode::HugeBody:
            response.status = 200;
            return sendHuge(response, reply.api, fault.size);
        case FaultMode::DeepJson:
            response.status = 200;
            return response.set_content(deepJson(reply.api, fault.size), kJson);
        case FaultMode::InvalidUtf8:
            return response.set_content(withMessageOf(reply, "\xC3\x28 \xFF\xFE \xED\xA0\x80"), kJson);
        case FaultMode::DuplicateKeys:
            return response.set_content(withTwoVerdicts(reply), kJson);
        case FaultMode::Chunked:
            return sendChunks(response, body, std::max<std::size_t>(fault.size, 1));
        case FaultMode::LegacyZero:
            return plainly(otherSuccess(reply), response);
        case FaultMode::EmptyData:
            return plainly(successWith(reply.api, Json::object()), response);
        case FaultMode::NullData:
            return plainly(successWith(reply.api, nullptr), response);
        case FaultMode::Wrapped:
            return response.set_content(Json{{"responseBody", reply.envelope}}.dump(), kJson);
        case FaultMode::ByteOrderMark:
            return response.set_content("\xEF\xBB\xBF" + *body, kJson);
        case FaultMode::Interim:
            sendInterim(sessionOf(request));
            return plainly(reply, response);
        case FaultMode::UntilClose:
            return sendWithoutLength(response, body,
                                     [session = sessionOf(request)] { SSL_shutdown(session); });
        case FaultMode::UntilCut:
            return sendWithoutLength(response, body, [socket] { drop(socket); });
        case FaultMode::LongHead:
            addHeaders(response, fault.size);
            return plainly(reply, response);
        case FaultMode::Answer:
            response.status = fault.answer.http;
            for (const auto& [name, value] : fault.answer.headers)
                response.set_header(name, value);
            return response.set_content(fault.answer.body, fault.answer.type);
    }
}

}  // namespace smartca::sandbox
