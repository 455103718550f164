// A TCP connection that a test speaks on by hand.
#pragma once

#include <sys/socket.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

#include "floe/native/posix_address.h"
#include "floe/native/unique_fd.h"
#include "loop_runner.h"

namespace floe::native::test {

class RawClient {
 public:
  RawClient(Loop& loop, const TransportAddress& server)
      : loop_(loop), fd_(socket(server.ip.is_ipv4() ? AF_INET : AF_INET6, SOCK_STREAM, 0)) {
    const PosixAddress address(server);
    // The kernel completes it from the backlog, so blocking here is not waiting for the loop.
    REQUIRE(connect(fd_.get(), address.get(), address.length()) == 0);
  }

  void send(std::string_view bytes) {
    REQUIRE(::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(bytes.size()));
  }
  /// Takes what has arrived; everything so far is in received().
  void receive() {
    std::array<char, 65536> buffer;
    ssize_t count;
    while ((count = recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT)) > 0) {
      received_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    ended_ = ended_ || count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }
  template <class Predicate>
  bool receive_until(Predicate done, Duration patience = kPatience) {
    return run_until(
        loop_,
        [&] {
          receive();
          return done();
        },
        patience);
  }
  bool receive_end(Duration patience = kPatience) {
    return receive_until([&] { return ended_; }, patience);
  }
  /// Upgrades to a WebSocket; the answer's head is dropped from received().
  void upgrade(std::string_view subprotocol, std::string_view more_headers = {}) {
    send(std::string("GET /x HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                     "Sec-WebSocket-Protocol: ") +
         std::string(subprotocol) + "\r\n" + std::string(more_headers) + "\r\n");
    REQUIRE(receive_until([&] { return received_.find("\r\n\r\n") != std::string::npos; }));
    head_ = received_.substr(0, received_.find("\r\n\r\n") + 4);
    received_.erase(0, head_.size());
  }

  const std::string& received() const { return received_; }
  const std::string& head() const { return head_; }
  bool has_ended() const { return ended_; }

 private:
  Loop& loop_;
  UniqueFd fd_;
  std::string received_;
  std::string head_;
  bool ended_ = false;
};

}  // namespace floe::native::test
