// A request's body that comes in chunks (RFC 9112 section 7.1), read more strictly than that asks, so that no two
// programs find another end of it: sizes are 1 to 8 hexadecimal digits, each line ends in CR LF, and there are neither
// extensions nor trailers.
//
//   ChunkReader reader;
//   switch (reader.take(bytes, body, limit)) …    // `bytes` keeps what follows the body
//
// A value of the connection that the body comes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smartca::http {

class ChunkReader {
  public:
    enum class State : std::uint8_t { Incomplete, Complete, Malformed, TooLarge };

    // Moves what is a chunk's data from the front of `bytes` to the end of `body`, which may come to `limit` bytes.
    State take(std::string_view& bytes, std::string& body, std::size_t limit);

  private:
    enum class Part : std::uint8_t { Size, SizeEnd, Data, DataEnd, DataEndLf, End, EndLf };
    State takeSign(char c, std::size_t room);

    Part part_ = Part::Size;
    std::size_t size_ = 0;  // of the chunk's data that is yet to come
    int digits_ = 0;
};

}  // namespace smartca::http
