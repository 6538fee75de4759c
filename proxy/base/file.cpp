#include "proxy/base/file.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace smartca::base {

std::optional<std::string> readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    file.peek();  // a folder can be opened, and fails here
    if (!file.is_open() || file.bad()) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

ScratchFolder::ScratchFolder() {
    std::error_code unknown;
    std::string name = (std::filesystem::temp_directory_path(unknown) / "smartca-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace smartca::base
