#include "proxy/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace smartca {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

}  // namespace

bool Output::put(std::string_view text) {
    waiting_ += text;
    return waiting_.size() < kPiece ? error_ == 0 : flush();
}

bool Output::flush() {
    std::string_view rest = waiting_;
    while (error_ == 0 && !rest.empty()) {
        const auto written = ::write(fd_, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            error_ = errno;
        }
    }
    waiting_.clear();
    return error_ == 0;
}

Output::End Output::end() const {
    return error_ == EPIPE ? End::ReaderLeft : End::Failed;
}

std::string Output::reason() const {
    return std::strerror(error_);
}

}  // namespace smartca
