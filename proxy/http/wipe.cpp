#include "proxy/http/wipe.h"

#include <openssl/crypto.h>

namespace smartca::http {

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

}  // namespace smartca::http
