// A folder of this test alone, gone when it is over.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "proxy/base/file.h"

namespace smartca::ops::test {

class Folder : public base::ScratchFolder {
  public:
    std::string at(const std::string& name) const { return path() + '/' + name; }
    // Replaces the file by renaming, as careful writers do.
    std::string put(const std::string& name, const std::string& bytes, mode_t mode = 0600) const {
        const auto file = at(name);
        std::ofstream(file + ".new", std::ios::binary) << bytes;
        ::chmod((file + ".new").c_str(), mode);
        std::filesystem::rename(file + ".new", file);
        return file;
    }
};

}  // namespace smartca::ops::test
