#include "proxy/http/etag.h"

#include "proxy/base/crypto.h"
#include "shared/text.h"

namespace smartca::http {

// Half of a SHA-256: nobody who could make two files collide in it would gain anything.
std::string etagOf(std::string_view bytes) {
    return '"' + hexadecimalOf(base::sha256(bytes)).substr(0, 32) + '"';
}

bool matchesEtag(std::string_view field, std::string_view etag) {
    return field == "*" || field.find(etag) != std::string_view::npos;
}

}  // namespace smartca::http
