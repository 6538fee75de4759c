// A folder of this process's own under the system's for temporary files, which goes with this object.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace smartca {

class ScratchFolder {
  public:
    ScratchFolder() {
        std::error_code unknown;
        std::string name = (std::filesystem::temp_directory_path(unknown) / "smartca-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    // Empty: none could be made.
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace smartca
