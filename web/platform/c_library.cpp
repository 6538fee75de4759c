// Functions of the C library, linked before its own: those carry tables, 128-bit arithmetic and every format,
// 16 KB of the page, for what no pixel shows and no answer of the API has.
#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include "web/platform/browser.h"

extern "C" {

float cosf(float angle) {
    return static_cast<float>(smartca_cosine(angle));
}

float sinf(float angle) {
    return static_cast<float>(smartca_sine(angle));
}

float acosf(float cosine) {
    return static_cast<float>(smartca_arc_cosine(cosine));
}

// Called by nlohmann/json alone, with a text that is a number of JSON as a whole.
double strtod(const char* text, char** end) {
    const std::size_t length = std::strlen(text);
    *end = const_cast<char*>(text) + length;
    return smartca_number(text, length);
}

// These two stand in the same object of the C library, and would bring its strtod back.
float strtof(const char* text, char** end) {
    return static_cast<float>(strtod(text, end));
}

long double strtold(const char* text, char** end) {
    return strtod(text, end);
}

// Called by nlohmann/json alone, which prints "\\u%04x" and "%.2hhX": numbers of as many digits as it says.
int snprintf(char* text, std::size_t size, const char* format, ...) {
    std::string line;
    va_list arguments;
    va_start(arguments, format);
    for (; *format != '\0'; ++format) {
        if (*format != '%') {
            line += *format;
            continue;
        }
        int digits = 0;
        while (std::strchr(".0248h", *++format) != nullptr)
            if (*format > '0' && *format < 'h') digits = *format - '0';
        if (*format != 'x' && *format != 'X') std::abort();
        const unsigned number = va_arg(arguments, unsigned);
        while (digits-- > 0)
            line += (*format == 'x' ? "0123456789abcdef" : "0123456789ABCDEF")[number >> 4 * digits & 0xF];
    }
    va_end(arguments);
    if (size != 0) text[line.copy(text, size - 1)] = '\0';
    return static_cast<int>(line.size());
}

}  // extern "C"
