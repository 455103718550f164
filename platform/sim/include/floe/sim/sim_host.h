// One host of a simulated world: what a driver needs, in memory and in virtual time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "floe/api/host.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/link.h"
#include "floe/sim/seeded_random.h"

namespace floe::sim {

class World;

class SimHost final : private Clock,
                      private Timers,
                      private DatagramSockets,
                      private NetworkMonitor,
                      private LogSink {
 public:
  SimHost(World& world, std::string name, std::vector<IpAddress> addresses, const Link& link,
          std::uint64_t seed);

  /// The view that a driver takes.
  Host api() { return {*this, *this, *this, *this, random_, crypto_, *this}; }

  const std::string& name() const { return name_; }
  Link& link() { return link_; }
  bool has_address(const IpAddress& ip) const;
  std::uint64_t datagrams_sent() const { return datagrams_sent_; }

 private:
  friend class World;
  class SimTimer;
  class SimSocket;

  Timestamp now() const override;
  std::unique_ptr<Timer> create(TimerListener& listener) override;
  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;
  std::optional<std::vector<InterfaceAddress>> addresses() const override;
  void add_listener(NetworkListener& listener) override { listeners_.push_back(&listener); }
  void remove_listener(NetworkListener& listener) override { std::erase(listeners_, &listener); }
  void log(LogLevel level, std::string_view area, std::string_view text) override;

  std::uint16_t choose_port(const BindRequest& request);
  void deliver(const Datagram& datagram);

  World& world_;
  std::string name_;
  std::vector<IpAddress> addresses_;
  Link link_;
  SeededRandom random_;
  MbedtlsCrypto crypto_;
  std::vector<NetworkListener*> listeners_;
  std::vector<SimSocket*> sockets_;
  std::uint64_t datagrams_sent_ = 0;
};

}  // namespace floe::sim
