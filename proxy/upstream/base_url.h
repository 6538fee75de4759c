// The address of an upstream, as an operator configures it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/result.h"

namespace smartca::upstream {

enum class Transport : std::uint8_t { Tls, Plain };

struct BaseUrl {
    Transport transport = Transport::Tls;
    std::string host;  // without the brackets of an IPv6 address
    int port = 443;
    std::string path;  // "/sca/sp769": begins with a slash and does not end with one; or empty
};

// "https://host[:port][/path]". Plain http is taken for this machine alone (127.0.0.1, ::1, localhost), since
// requests carry the SP password. The error says in words what is wrong.
Result<BaseUrl, std::string> parseBaseUrl(std::string_view url);

}  // namespace smartca::upstream
