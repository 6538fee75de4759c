#include "proxy/http/route_table.h"

#include <algorithm>

namespace smartca::http {
namespace {

bool isParameterValue(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    });
}

// Takes the first segment off "/a/b": returns "a", leaves "/b".
std::string_view takeSegment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

bool fits(std::string_view pattern, std::string_view path) {
    while (!pattern.empty() && !path.empty()) {
        const auto expected = takeSegment(pattern);
        const auto given = takeSegment(path);
        if (expected.starts_with(':') ? !isParameterValue(given) : expected != given) return false;
    }
    return pattern.empty() && path.empty();
}

}  // namespace

const Route* RouteTable::find(std::string_view method, std::string_view path) const {
    if (method == "HEAD") method = "GET";
    for (const auto& route : routes_) {
        if (route.method == method && fits(route.pattern, path)) return &route;
    }
    return nullptr;
}

std::string RouteTable::methodsOf(std::string_view path) const {
    std::string methods;
    for (const auto& route : routes_) {
        if (!fits(route.pattern, path)) continue;
        if (!methods.empty()) methods += ", ";
        methods += route.method == "GET" ? "GET, HEAD" : route.method;
    }
    return methods.empty() ? methods : methods + ", OPTIONS";
}

}  // namespace smartca::http
