#include "proxy/sandbox/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace smartca::sandbox {
namespace {

std::string systemError(const std::string& what) {
    return what + ": " + std::error_code(errno, std::generic_category()).message();
}

bool writeAll(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::optional<std::string> readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    file.peek();  // a folder can be opened, and fails here
    if (!file.is_open() || file.bad()) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<Done, std::string> writeFile(const std::filesystem::path& path, const std::string& content,
                                    Readers readers) {
    const std::string temporary = path.string() + ".new";
    const mode_t mode = readers == Readers::OwnerOnly ? 0600 : 0644;
    ::unlink(temporary.c_str());
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0) return systemError(temporary);
    const bool written = writeAll(descriptor, content);
    if (::close(descriptor) != 0 || !written) return systemError(temporary);
    if (::rename(temporary.c_str(), path.c_str()) != 0) return systemError(path.string());
    return Done{};
}

DirectoryLock::DirectoryLock(const std::filesystem::path& directory)
    : descriptor_(::open((directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace smartca::sandbox
