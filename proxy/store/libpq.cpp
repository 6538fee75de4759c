#include "proxy/store/libpq.h"

#include <dlfcn.h>

namespace smartca::store {
namespace {

// The library stays for as long as the process does: it has registered itself with OpenSSL.
Result<Libpq, std::string> loadAll() {
    void* library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return std::string(
            "PostgreSQL's client library libpq.so.5 cannot be loaded; install it (Debian: apt-get install "
            "libpq5)");
    Libpq pq;
    const char* missing = nullptr;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
        if (function == nullptr) missing = name;
    };
#define SMARTCA_LIBPQ_FIND(name) find(pq.name, "PQ" #name);
    SMARTCA_LIBPQ(SMARTCA_LIBPQ_FIND)
#undef SMARTCA_LIBPQ_FIND
    if (missing != nullptr) return std::string("PostgreSQL's client library libpq.so.5 has no ") + missing;
    return pq;
}

}  // namespace

Result<const Libpq*, std::string> Libpq::load() {
    static const Result<Libpq, std::string> loaded = loadAll();
    if (!loaded) return loaded.error();
    return &loaded.value();
}

}  // namespace smartca::store
