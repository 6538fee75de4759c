#include "proxy/base/file.h"

#include <fstream>
#include <iterator>

namespace smartca::base {

std::optional<std::string> readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    file.peek();  // a folder can be opened, and fails here
    if (!file.is_open() || file.bad()) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

}  // namespace smartca::base
