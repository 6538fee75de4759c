// Files that are small enough to be read whole, and a folder for those that are not kept.
#pragma once

#include <optional>
#include <string>

namespace smartca::base {

// Nothing where the path cannot be opened or read, as a folder cannot.
std::optional<std::string> readFile(const std::string& path);

// A folder of this process's own under the system's for temporary files, which goes with this object.
class ScratchFolder {
  public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::string& path() const { return path_; }  // empty: none could be made

  private:
    std::string path_;
};

}  // namespace smartca::base
