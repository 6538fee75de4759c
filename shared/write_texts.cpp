// write_texts TAG FILE: writes a language's texts into the file that the page fetches. Run by the build alone.
#include <cstdio>
#include <fstream>

#include "shared/language.h"

int main(int count, char** words) {
    const auto locale = count == 3 ? smartca::findLocale(words[1]) : std::nullopt;
    if (!locale) {
        std::fputs("write_texts TAG FILE\n", stderr);
        return 2;
    }
    std::ofstream file(words[2], std::ios::binary);
    file << smartca::joinedTextsOf(*locale);
    return file.flush() ? 0 : 1;
}
