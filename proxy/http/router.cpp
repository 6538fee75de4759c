#include "proxy/http/router.h"

#include <algorithm>

#include "shared/text.h"

namespace smartca::http {
namespace {

bool isParameterValue(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
        return isAsciiDigit(c) || isAsciiLetter(c) || c == '-' || c == '_';
    });
}

// Takes the first segment off "/a/b": returns "a", leaves "/b".
std::string_view takeSegment(std::string_view& path) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

bool fits(std::string_view pattern, std::string_view path, PathParameters& parameters) {
    parameters.clear();
    while (!pattern.empty() && !path.empty()) {
        const auto expected = takeSegment(pattern);
        const auto given = takeSegment(path);
        if (!expected.starts_with(':')) {
            if (expected != given) return false;
        } else if (isParameterValue(given)) {
            parameters[std::string(expected.substr(1))] = given;
        } else {
            return false;
        }
    }
    return pattern.empty() && path.empty();
}

}  // namespace

Match Router::match(std::string_view method, std::string_view path) const {
    if (method == "HEAD") method = "GET";
    Match match;
    for (const auto& route : routes_) {
        if (!fits(route.pattern, path, match.parameters)) continue;
        if (route.method == method) {
            match.route = &route;
            match.methods.clear();
            return match;
        }
        match.methods += (route.method == "GET" ? "GET, HEAD" : route.method) + ", ";
    }
    if (!match.methods.empty()) match.methods += "OPTIONS";
    match.parameters.clear();
    return match;
}

}  // namespace smartca::http
