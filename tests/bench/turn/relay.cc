// What a server spends on a datagram that it relays: clients send ChannelData to a peer that sends
// everything back, so that half of the datagrams go each way.
#include <deque>

#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/other_process.h"
#include "plain/socket.h"
#include "turn/channel.h"
#include "turn/rows.h"

namespace floe::bench {
namespace {

/// Without an answer for so long, what is under way is taken for lost.
constexpr std::int64_t kLost_ns = 200'000'000;

class Load {
 public:
  Load(std::uint16_t port, std::size_t clients, std::size_t size) {
    poller_.add(peer_.fd(), kPeer);
    const TransportAddress peer{IpAddress::v4(127, 0, 0, 1), ntohs(peer_.address().sin_port)};
    for (std::size_t i = 0; i < clients; ++i) {
      channels_.emplace_back(port, peer, size);
      poller_.add(channels_.back().fd(), static_cast<std::uint32_t>(i));
    }
  }

  /// Until `count` came back, with `window` of each client under way.
  void run(std::size_t count, std::size_t window) {
    const std::size_t end = returned() + count;
    for (Channel& channel : channels_) channel.fill(window);
    while (returned() < end) {
      if (!take()) {
        for (Channel& channel : channels_) channel.give_up();
      }
      for (Channel& channel : channels_) channel.fill(window);
    }
    while (take()) {
    }
    for (Channel& channel : channels_) channel.give_up();
  }

  /// Those that went to the peer, and those that came back.
  std::size_t relayed() const { return echoed_ + returned(); }
  std::size_t lost() const { return sum_of(&Channel::lost); }

 private:
  static constexpr std::uint32_t kPeer = 0xffffffff;

  std::size_t returned() const { return sum_of(&Channel::returned); }
  std::size_t sum_of(std::size_t (Channel::*figure)() const) const {
    std::size_t sum = 0;
    for (const Channel& channel : channels_) sum += (channel.*figure)();
    return sum;
  }

  /// False when nothing came for long.
  bool take() {
    const auto ready = poller_.wait(wall_ns() + kLost_ns);
    for (const std::uint32_t number : ready) {
      if (number == kPeer) {
        echo();
      } else {
        channels_[number].take();
      }
    }
    return !ready.empty();
  }

  void echo() {
    std::array<std::uint8_t, 2048> buffer;
    sockaddr_in from{};
    for (;;) {
      socklen_t length = sizeof from;
      const ssize_t size = recvfrom(peer_.fd(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                    reinterpret_cast<sockaddr*>(&from), &length);
      if (size < 0) return;
      ++echoed_;
      peer_.send(from, {buffer.data(), static_cast<std::size_t>(size)});
    }
  }

  PlainSocket peer_;
  std::size_t echoed_ = 0;
  PlainPoller poller_;
  std::deque<Channel> channels_;
};

}  // namespace

void measure_relay(const Options& options) {
  const OtherProcess server(options.number("pid", 0));
  const auto port = static_cast<std::uint16_t>(options.number("port", 3478));
  const std::size_t window = options.count("window", 16);
  Load load(port, options.count("clients", 8), options.count("size", 100));
  load.run(5'000, window);
  const std::size_t before = load.relayed();
  const double cpu = server.cpu_us();
  const std::int64_t wall = wall_ns();
  load.run(options.count("datagrams", 200'000), window);
  const double seconds = static_cast<double>(wall_ns() - wall) / 1e9;
  const auto relayed = static_cast<double>(load.relayed() - before);
  Figures figures;
  figures.add("cpu_us", (server.cpu_us() - cpu) / relayed);
  figures.add("datagrams_per_s", relayed / seconds);
  figures.add("lost", static_cast<double>(load.lost()));
  figures.print();
}

}  // namespace floe::bench
