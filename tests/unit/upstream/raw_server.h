// A server on a port of this machine that plays one script per connection, for what no honest HTTP server
// does.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace smartca::upstream {

class RawServer {
  public:
    // One accepted connection. Ends when the script returns.
    class Peer {
      public:
        explicit Peer(int descriptor) : descriptor_(descriptor) {}
        // Reads one request with a Content-Length body; empty when the other side closed.
        std::string readRequest();
        // False when the other side is gone.
        bool write(const std::string& bytes);
        // Sends RST instead of FIN when the script returns.
        void resetAtEnd();
        int descriptor() const { return descriptor_; }

      private:
        int descriptor_;
    };
    using Script = std::function<void(Peer&)>;

    explicit RawServer(Script script);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/sca/sp769"; }
    int port() const { return port_; }
    int connections() const { return connections_; }

  private:
    void accept();

    Script script_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> connections_ = 0;
    std::vector<std::thread> peers_;
    std::thread acceptor_;
};

// An HTTP answer with that JSON body.
std::string httpAnswer(const std::string& body);

}  // namespace smartca::upstream
