#include "vectors.h"

#include <fstream>
#include <iterator>

#include "shared/text.h"

using nlohmann::json;

json vectorFile(std::string_view name) {
    std::ifstream file(std::string(SMARTCA_VECTORS) + "/" + std::string(name) + ".json", std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return json::parse(content);
}

json vectorCases(std::string_view name) {
    return vectorFile(name).at("cases");
}

std::string inputOf(const json& vectorCase, const std::string& key) {
    const std::string once = vectorCase.contains(key)
                                 ? vectorCase.at(key).get<std::string>()
                                 : bytesOfHex(vectorCase.at(key + "Hex").get<std::string>());
    std::string all;
    for (int i = vectorCase.value("repeat", 1); i > 0; --i)
        all += once;
    return all;
}

std::string bytesOfHex(std::string_view hexadecimal) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        bytes.push_back(static_cast<char>(smartca::hexadecimalValue(hexadecimal[i]) * 16 +
                                          smartca::hexadecimalValue(hexadecimal[i + 1])));
    return bytes;
}

std::string hexOfBytes(std::string_view bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string hexadecimal;
    for (const char byte : bytes) {
        hexadecimal.push_back(kDigits[static_cast<unsigned char>(byte) >> 4U]);
        hexadecimal.push_back(kDigits[static_cast<unsigned char>(byte) & 0xFU]);
    }
    return hexadecimal;
}

std::string lineOf(const json& vectorCase) {
    return vectorCase.dump().substr(0, 400);
}
