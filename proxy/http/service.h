// What stands between the transport (server.h), which knows sockets and time, and the site (site.h), which
// knows routes and guards: the transport asks whether to read a request's body, then has the whole request
// served.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/http/message.h"
#include "proxy/http/request_head.h"

namespace smartca::http {

// An answer as bytes: the head, and a body that may be shared with other answers.
struct Output {
    std::string head;
    std::shared_ptr<const std::string> body;  // null: none is sent
};

// What follows an answer on its connection.
enum class After : unsigned char { KeepOpen, Close };

class Service {
  public:
    virtual ~Service() = default;

    struct Admission {
        std::optional<HeadFault> refusal;  // e.g. 404, 405, 413: the body is not read
        std::size_t bodyLimit = 0;
        Lane lane = Lane::Quick;
    };
    // On the transport's thread: must not block.
    virtual Admission admit(const RequestHead& head) = 0;

    // The answer to a request that never reaches a handler. `head` is null when it could not be read.
    virtual Output refuse(const HeadFault& fault, const RequestHead* head, After after) = 0;

    // On a worker's thread. Never throws.
    virtual Output serve(RequestHead head, std::string body, After after) = 0;
};

}  // namespace smartca::http
