// plain-gateway serve port=PORT [segments=1]: WebSockets to UDP with nothing but the system calls,
// in batches, without a policy and without mercy for clients that make mistakes. The floor that
// gateways stand on; gateway-bench loads it.
#include <cstdio>

#include "measure/program.h"
#include "plain/gateway_client.h"

namespace floe::bench {
namespace {

class PlainGateway {
 public:
  PlainGateway(std::uint16_t port, bool in_segments)
      : buffers_(in_segments),
        listener_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
        epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    const int on = 1;
    setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_there =
        bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        listen(listener_.get(), 1024) == 0;
    require(is_there, "the port is taken");
    watch(EPOLL_CTL_ADD, listener_.get(), kListener, EPOLLIN);
  }

  void turn() {
    std::array<epoll_event, 64> events;
    const int count = epoll_wait(epoll_.get(), events.data(), events.size(), -1);
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
  }

 private:
  static constexpr std::uint32_t kListener = 0xffffffff;

  void watch(int operation, int fd, std::uint32_t number, std::uint32_t events) const {
    epoll_event event{};
    event.events = events;
    event.data.u32 = number;
    require(epoll_ctl(epoll_.get(), operation, fd, &event) == 0, "not watched");
  }

  void handle(const epoll_event& event) {
    if (event.data.u32 == kListener) return accept_all();
    const std::uint32_t number = event.data.u32 & ~1u;
    std::unique_ptr<GatewayClient>& client = clients_[number / 2];
    if (!client) return;
    const bool was_full = client->is_full();
    if ((event.data.u32 & 1) != 0) {
      client->take_datagrams();
    } else {
      if ((event.events & EPOLLOUT) != 0) client->send_waiting();
      if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0 && !client->take_frames()) {
        return client.reset();
      }
    }
    if (client->is_full() == was_full) return;
    watch(EPOLL_CTL_MOD, client->tcp_fd(), number, was_full ? EPOLLIN : EPOLLIN | EPOLLOUT);
    watch(EPOLL_CTL_MOD, client->udp_fd(), number + 1, was_full ? EPOLLIN : 0u);
  }

  void accept_all() {
    for (;;) {
      native::UniqueFd fd(accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (!fd.is_open()) return;
      const auto number = static_cast<std::uint32_t>(2 * clients_.size());
      clients_.push_back(std::make_unique<GatewayClient>(std::move(fd), buffers_));
      watch(EPOLL_CTL_ADD, clients_.back()->tcp_fd(), number, EPOLLIN);
      watch(EPOLL_CTL_ADD, clients_.back()->udp_fd(), number + 1, EPOLLIN);
    }
  }

  GatewayBuffers buffers_;
  native::UniqueFd listener_;
  native::UniqueFd epoll_;
  std::vector<std::unique_ptr<GatewayClient>> clients_;
};

void run(const Options& options) {
  PlainGateway gateway(static_cast<std::uint16_t>(options.number("port", 8080)),
                       options.number("segments", 0) != 0);
  std::puts("listening");
  std::fflush(stdout);
  for (;;) gateway.turn();
}

}  // namespace
}  // namespace floe::bench

int main(int count, char** words) {
  constexpr std::array kRows = {floe::bench::Row{"serve", floe::bench::run}};
  return floe::bench::run_program(kRows, count, words);
}
