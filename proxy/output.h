// Bytes to a file descriptor, in large pieces; whoever reads it may go away at any time.
//
// One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace smartca {

class Output {
  public:
    // Precondition: SIGPIPE is ignored.
    explicit Output(int fd) : fd_(fd) {}

    // False: nothing more can be written.
    bool put(std::string_view text);
    bool flush();

    // After put() or flush() has said no: the reader has what it wanted (`audit | head`), or why not.
    enum class End : std::uint8_t { ReaderLeft, Failed };
    End end() const;
    std::string reason() const;

  private:
    int fd_;
    int error_ = 0;
    std::string waiting_{};
};

}  // namespace smartca
