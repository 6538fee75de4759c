// The SP769 wire: one JSON object in, one envelope {status_code, message, data} out.
//
// Source: VNPT, "Tài liệu tích hợp VNPT SMARTCA" (SP769, v4.1): the envelope and the codes 200, 400 (also the
// HTTP status), 401, 403, 500. Observed by a public integration: HTTP 401 with "sp_id or sp_password
// invalid". Assumed: that 403 and 500 are HTTP statuses too; see the fault "errorsAsHttp200" for the other
// reading.
//
// Threads: plain values.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace smartca::sandbox {

// Keeps keys in the order in which VNPT prints them.
using Json = nlohmann::ordered_json;

struct Answer {
    int status = 200;  // of the envelope and of HTTP
    std::string message;
    Json data;  // null when refused

    Json envelope() const { return {{"status_code", status}, {"message", message}, {"data", data}}; }
};

// What goes on the wire, of either of the two APIs that the sandbox speaks.
enum class Api : std::uint8_t { SmartCa, EContract };
struct Reply {
    Api api = Api::SmartCa;
    int status = 200;  // of HTTP
    Json envelope;
};
inline Reply replyOf(const Answer& answer) {
    return {Api::SmartCa, answer.status, answer.envelope()};
}

Answer success(std::string message, Json data);
Answer refusal(int status, std::string message);

// The string under `key`; nothing when `object` is no object, or the key is missing, null or of another type.
std::optional<std::string> textIn(const Json& object, const char* key);

// What an SP sent. A body that is not a JSON object reads as one without keys, and says so.
class WireRequest {
  public:
    explicit WireRequest(std::string_view body);

    bool wellFormed() const { return body_.is_object(); }
    std::optional<std::string> text(const char* key) const { return textIn(body_, key); }
    std::string textOr(const char* key, std::string_view otherwise) const;
    const Json& body() const { return body_; }

  private:
    Json body_;
};

}  // namespace smartca::sandbox
