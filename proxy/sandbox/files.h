// Whole files: read, and written so that a reader sees the old content or the new one, never a half.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "shared/result.h"

namespace smartca::sandbox {

std::optional<std::string> readFile(const std::filesystem::path& path);

enum class Readers : std::uint8_t { OwnerOnly, Everybody };
// Mode 0600 or 0644 from the first byte on. The error is the system's word for it.
Result<Done, std::string> writeFile(const std::filesystem::path& path, const std::string& content,
                                    Readers readers);

// Holds DIRECTORY/lock for as long as it lives; waits for another holder to let go.
class DirectoryLock {
  public:
    explicit DirectoryLock(const std::filesystem::path& directory);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

  private:
    int descriptor_;
};

}  // namespace smartca::sandbox
