// What a server spends on a datagram that it relays: clients send ChannelData to a peer that sends
// everything back, so that half of the datagrams go each way.
#include <algorithm>
#include <deque>
#include <vector>

#include "floe/native/posix_address.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "plain/socket.h"
#include "turn/other_process.h"
#include "turn/rows.h"
#include "turn/turn_client.h"

namespace floe::bench {
namespace {

constexpr std::uint16_t kChannel = 0x4000;
/// Without an answer for so long, what is under way is taken for lost.
constexpr std::int64_t kLost_ns = 200'000'000;

class Load {
 public:
  Load(std::uint16_t port, std::size_t clients, std::size_t size) : message_(size + 4, 0x55) {
    message_[0] = kChannel >> 8;
    message_[1] = kChannel & 0xff;
    message_[2] = static_cast<std::uint8_t>(size >> 8);
    message_[3] = static_cast<std::uint8_t>(size & 0xff);
    const TransportAddress peer{IpAddress::v4(127, 0, 0, 1), ntohs(peer_.address().sin_port)};
    for (std::size_t i = 0; i < clients; ++i) {
      clients_.emplace_back(port, TransportAddress{IpAddress::v4(127, 0, 0, 1), 0});
      clients_.back().allocate();
      clients_.back().bind_channel(kChannel, peer);
      poller_.add(clients_.back().fd(), static_cast<std::uint32_t>(i));
    }
    poller_.add(peer_.fd(), kPeer);
  }

  /// Until `count` came back, with `window` of each client under way.
  void run(std::size_t count, std::size_t window) {
    const std::size_t end = returned_ + count;
    for (std::size_t i = 0; i < clients_.size(); ++i) send(i, window);
    while (returned_ < end) {
      const auto ready = poller_.wait(wall_ns() + kLost_ns);
      if (ready.empty()) {
        for (std::size_t i = 0; i < clients_.size(); ++i) send(i, window);
        lost_ += window * clients_.size();
      }
      for (const std::uint32_t number : ready) {
        if (number == kPeer) {
          echo();
        } else {
          const std::size_t came = take(number);
          returned_ += came;
          send(number, came);
        }
      }
    }
    while (!poller_.wait(wall_ns() + kLost_ns / 4).empty()) drain();
  }

  std::size_t returned() const { return returned_; }
  std::size_t lost() const { return lost_; }

 private:
  static constexpr std::uint32_t kPeer = 0xffffffff;

  void send(std::size_t client, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      (void)::send(clients_[client].fd(), message_.data(), message_.size(), MSG_DONTWAIT);
    }
  }

  std::size_t take(std::uint32_t client) {
    std::size_t count = 0;
    std::array<std::uint8_t, 2048> buffer;
    while (::recv(clients_[client].fd(), buffer.data(), buffer.size(), MSG_DONTWAIT) >= 0) ++count;
    return count;
  }

  void echo() {
    std::array<std::uint8_t, 2048> buffer;
    sockaddr_in from{};
    for (;;) {
      socklen_t length = sizeof from;
      const ssize_t size = recvfrom(peer_.fd(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                    reinterpret_cast<sockaddr*>(&from), &length);
      if (size < 0) return;
      peer_.send(from, {buffer.data(), static_cast<std::size_t>(size)});
    }
  }

  void drain() {
    echo();
    for (std::uint32_t i = 0; i < clients_.size(); ++i) returned_ += take(i);
  }

  PlainSocket peer_;
  PlainPoller poller_;
  std::deque<TurnClient> clients_;
  std::vector<std::uint8_t> message_;
  std::size_t returned_ = 0;
  std::size_t lost_ = 0;
};

}  // namespace

void measure_relay(const Options& options) {
  const OtherProcess server(options.number("pid", 0));
  const auto port = static_cast<std::uint16_t>(options.number("port", 3478));
  const std::size_t clients = options.count("clients", 8);
  const std::size_t window = options.count("window", 16);
  Load load(port, clients, options.count("size", 100));
  load.run(5'000, window);
  const std::size_t before = load.returned();
  const double cpu = server.cpu_us();
  const std::int64_t wall = wall_ns();
  load.run(options.count("datagrams", 200'000), window);
  const double seconds = static_cast<double>(wall_ns() - wall) / 1e9;
  const auto relayed = 2 * static_cast<double>(load.returned() - before);
  Figures figures;
  figures.add("cpu_us", (server.cpu_us() - cpu) / relayed);
  figures.add("datagrams_per_s", relayed / seconds);
  figures.add("lost", static_cast<double>(load.lost()));
  figures.print();
}

}  // namespace floe::bench
