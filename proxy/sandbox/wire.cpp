#include "proxy/sandbox/wire.h"

namespace smartca::sandbox {

Answer success(std::string message, Json data) {
    return {200, std::move(message), std::move(data)};
}
Answer refusal(int status, std::string message) {
    return {status, std::move(message), nullptr};
}

WireRequest::WireRequest(std::string_view body) : body_(Json::parse(body, nullptr, false)) {}

std::optional<std::string> textIn(const Json& object, const char* key) {
    if (!object.is_object()) return std::nullopt;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

std::string WireRequest::textOr(const char* key, std::string_view otherwise) const {
    return text(key).value_or(std::string(otherwise));
}

}  // namespace smartca::sandbox
