// A STUN server with two addresses, 127.0.0.1 and 127.0.0.2, and two ports, in the test's own loop.
#pragma once

#include <array>
#include <memory>

#include "floe/native/system_random.h"
#include "floe/native/udp_sockets.h"
#include "floe/stun/binding_server.h"
#include "loop_runner.h"

namespace floe::native::test {

class DiscoveryServer final : private DatagramListener {
 public:
  explicit DiscoveryServer(Loop& loop, stun::Authenticator* authenticator = nullptr)
      : loop_(loop), sockets_(loop, random_) {
    // The port that is free at one address may be taken at the other.
    for (int tries = 0; tries < 20 && !is_open(); ++tries) open();
    stun::BindingServerConfig config;
    config.software = "floe test";
    config.discovery = stun::DiscoveryAddresses{bound_[0], bound_[3]};
    config.authenticator = authenticator;
    server_ = std::make_unique<stun::BindingServer>(config);
  }

  bool is_open() const { return bound_count_ == 4; }
  std::string uri() const { return "stun:" + bound_[0].to_text(); }
  std::uint16_t port() const { return bound_[0].port; }

 private:
  void open() {
    const IpAddress first = IpAddress::v4(127, 0, 0, 1);
    const IpAddress second = IpAddress::v4(127, 0, 0, 2);
    bound_count_ = 0;
    failed_ = false;
    if (!bind(0, first, 0) || !bind(1, second, bound_[0].port)) return;
    if (!bind(2, first, 0)) return;
    bind(3, second, bound_[2].port);
  }
  bool bind(std::size_t index, const IpAddress& ip, std::uint16_t port) {
    const int before = bound_count_;
    own_[index] = sockets_.open({ip, port, port}, *this);
    run_until(loop_, [&] { return failed_ || bound_count_ > before; });
    if (failed_) return false;
    bound_[index] = last_bound_;
    return true;
  }

  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    last_bound_ = local;
    ++bound_count_;
  }
  void on_socket_failed(DatagramSocket&, BindError) override { failed_ = true; }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    std::array<std::uint8_t, stun::kAnswerSizeMax> buffer;
    const auto answer =
        server_->answer(loop_.now(), {datagram.remote, datagram.local, datagram.payload}, buffer);
    for (std::size_t i = 0; answer && i < own_.size(); ++i) {
      if (bound_[i] == answer->from) own_[i]->send(answer->to, answer->bytes);
    }
  }

  Loop& loop_;
  SystemRandom random_;
  UdpSockets sockets_;
  std::unique_ptr<stun::BindingServer> server_;
  std::array<TransportAddress, 4> bound_;  ///< address 1 and 2 at port 1, then both at port 2
  std::array<std::unique_ptr<DatagramSocket>, 4> own_;
  TransportAddress last_bound_;
  int bound_count_ = 0;
  bool failed_ = false;
};

}  // namespace floe::native::test
