// cpp-httplib's idea of a connection, in memory: what it may read is there from the start, what it writes is
// kept.
#pragma once

#include <httplib.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace smartca::http {

class MemoryStream : public httplib::Stream {
  public:
    explicit MemoryStream(std::string_view input) : input_(input) {}
    std::string takeOutput() { return std::move(output_); }

    bool is_readable() const override { return !input_.empty(); }
    bool wait_readable() const override { return true; }
    bool wait_writable() const override { return true; }
    ssize_t read(char* into, std::size_t size) override {
        const auto count = std::min(size, input_.size());
        std::memcpy(into, input_.data(), count);
        input_.remove_prefix(count);
        return static_cast<ssize_t>(count);
    }
    ssize_t write(const char* from, std::size_t size) override {
        output_.append(from, size);
        return static_cast<ssize_t>(size);
    }
    void get_remote_ip_and_port(std::string&, int&) const override {}
    void get_local_ip_and_port(std::string&, int&) const override {}
    socket_t socket() const override { return INVALID_SOCKET; }
    time_t duration() const override { return 0; }

  private:
    std::string_view input_;
    std::string output_;
};

}  // namespace smartca::http
