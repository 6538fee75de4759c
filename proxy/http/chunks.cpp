// A state machine over the octets between the pieces of data.
#include "proxy/http/chunks.h"

#include <algorithm>
#include <charconv>

namespace smartca::http {
namespace {

constexpr int kMaximumDigits = 8;

}  // namespace

ChunkReader::State ChunkReader::take(std::string_view& bytes, std::string& body, std::size_t limit) {
    while (!bytes.empty()) {
        if (part_ != Part::Data) {
            const auto state = takeSign(bytes.front(), limit - body.size());
            bytes.remove_prefix(1);
            if (state != State::Incomplete) return state;
            continue;
        }
        const auto piece = bytes.substr(0, size_);
        body.append(piece);
        bytes.remove_prefix(piece.size());
        size_ -= piece.size();
        if (size_ == 0) part_ = Part::DataEnd;
    }
    return State::Incomplete;
}

ChunkReader::State ChunkReader::takeSign(char c, std::size_t room) {
    const auto expect = [&](char expected, Part next) {
        part_ = next;
        return c == expected ? State::Incomplete : State::Malformed;
    };
    switch (part_) {
        case Part::Size: {
            if (c == '\r' && digits_ > 0) return expect('\r', Part::SizeEnd);
            std::size_t digit = 0;
            const bool isDigit = std::from_chars(&c, &c + 1, digit, 16).ec == std::errc();
            if (!isDigit || ++digits_ > kMaximumDigits) return State::Malformed;
            size_ = size_ * 16 + digit;
            return State::Incomplete;
        }
        case Part::SizeEnd:
            digits_ = 0;
            if (size_ > room) return State::TooLarge;
            return expect('\n', size_ == 0 ? Part::End : Part::Data);
        case Part::DataEnd:
            return expect('\r', Part::DataEndLf);
        case Part::DataEndLf:
            return expect('\n', Part::Size);
        case Part::End:
            return expect('\r', Part::EndLf);
        case Part::EndLf:
            return c == '\n' ? State::Complete : State::Malformed;
        case Part::Data:
            break;
    }
    return State::Malformed;
}

}  // namespace smartca::http
