#include "proxy/http/dispatcher.h"

#include <httplib.h>

#include <utility>

#include "proxy/http/memory_stream.h"
#include "proxy/http/problem.h"

namespace smartca::http {
namespace {

// One dispatch() on this thread: cpp-httplib hands its handlers no argument of ours.
struct Call {
    Request& request;
    Response response;
};
thread_local Call* call = nullptr;

// cpp-httplib matches a pattern without "/:" by std::regex, which overflows the stack on long paths
// (libstdc++; fixed in cpp-httplib 0.53.1). One more segment before each path and each pattern sends them all
// to the other matcher.
constexpr const char* kPatternPrefix = "/:prefix";
constexpr const char* kPathPrefix = "/-";

}  // namespace

class Dispatcher::Library : public httplib::Server {
  public:
    explicit Library(const std::vector<Route>& routes) {
        for (const auto& route : routes)
            add(route);
        set_exception_handler([](const httplib::Request&, httplib::Response&, const std::exception_ptr&) {
            call->response = problemResponse(ProblemCode::Internal, call->request);
        });
    }

    void run(const std::string& requestLine) {
        MemoryStream stream(requestLine);
        bool closed = false;
        process_request(stream, "", 0, "", 0, false, closed, nullptr);
    }

  private:
    void add(const Route& route) {
        const auto pattern = kPatternPrefix + route.pattern;
        auto handler = [handle = route.handler](const httplib::Request& request, httplib::Response&) {
            for (const auto& [name, value] : request.path_params)
                call->request.parameters[name] = value;
            call->response = handle(call->request);
        };
        if (route.method == "GET")
            Get(pattern, std::move(handler));
        else if (route.method == "POST")
            Post(pattern, std::move(handler));
        else if (route.method == "PATCH")
            Patch(pattern, std::move(handler));
        else if (route.method == "DELETE")
            Delete(pattern, std::move(handler));
    }
};

Dispatcher::Dispatcher(const std::vector<Route>& routes) : library_(std::make_unique<Library>(routes)) {}
Dispatcher::~Dispatcher() = default;

Response Dispatcher::dispatch(Request& request) const {
    Call current{request, {}};
    current.response.status = 0;
    call = &current;
    const auto& head = request.head;
    library_->run(head.method + ' ' + kPathPrefix + head.path + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    call = nullptr;
    // Only a handler sets a status: without one the library refused what we had admitted.
    if (current.response.status == 0) return problemResponse(ProblemCode::Internal, request);
    return std::move(current.response);
}

std::string Dispatcher::headOf(const Response& response) {
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ' +
                       httplib::status_message(response.status) + "\r\n";
    for (const auto& [name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    if (!response.contentType.empty()) head += "Content-Type: " + response.contentType + "\r\n";
    if (response.status != 204 && response.status != 304)
        head += "Content-Length: " + std::to_string(response.body ? response.body->size() : 0) + "\r\n";
    return head;
}

}  // namespace smartca::http
