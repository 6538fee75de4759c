// A folder of this test alone, gone when it is over.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace smartca::ops::test {

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "smartca-ops-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string at(const std::string& name) const { return path_ / name; }
    // Replaces the file by renaming, as careful writers do.
    std::string put(const std::string& name, const std::string& bytes, mode_t mode = 0600) const {
        const auto file = at(name);
        std::ofstream(file + ".new", std::ios::binary) << bytes;
        ::chmod((file + ".new").c_str(), mode);
        std::filesystem::rename(file + ".new", file);
        return file;
    }

  private:
    std::filesystem::path path_;
};

}  // namespace smartca::ops::test
