// One host of a simulated world: what a driver needs, in memory and in virtual time.
//
// It has interfaces that come and go, addresses that change, and it may sleep: then nothing of it
// runs, what arrives is lost, and timers that should have rung ring once when it wakes, while the
// clock has gone on.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "floe/api/host.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/calls.h"
#include "floe/sim/host_observer.h"
#include "floe/sim/interface.h"
#include "floe/sim/seeded_random.h"
#include "floe/sim/sleep.h"
#include "floe/sim/stream_acceptor.h"
#include "floe/sim/traffic.h"

namespace floe::sim {

/// The parts of a world that a host runs on.
struct HostGround {
  Traffic& traffic;
  Alarms& alarms;
  Calls& calls;
  Trace& trace;
};

class SimHost final : public Node,
                      private Clock,
                      private Timers,
                      private DatagramSockets,
                      private StreamSockets,
                      private NetworkMonitor,
                      private LogSink {
 public:
  SimHost(const HostGround& ground, std::string name, std::uint64_t seed);

  /// The view that a driver takes.
  Host api() { return {*this, *this, *this, *this, random_, crypto_, *this, nullptr, this}; }

  const std::string& name() const { return name_; }
  bool has_address(const IpAddress& ip) const;
  std::uint64_t datagrams_sent() const { return datagrams_sent_; }
  /// Timers that will ring.
  std::size_t timers_armed() const { return timers_armed_; }

  // Interfaces --------------------------------------------------------------------------------

  /// Drivers are told of it, as of all changes here, in an event of its own. The host prefers its
  /// addresses in the order in which they came.
  Interface& add_interface(std::string name, Network& network, std::vector<IpAddress> addresses,
                           const Link& link = {});
  /// Sockets bound to its addresses fail.
  void remove_interface(std::string_view name);
  void set_addresses(Interface& interface, std::vector<IpAddress> addresses);
  /// nullptr: there is none of this name.
  Interface* interface(std::string_view name);
  /// The first interface's; there must be one.
  Link& link() { return interfaces_.front()->link(); }

  // Streams -----------------------------------------------------------------------------------

  /// Takes streams to `local`; with a name, those over TLS that expect this name in the server's
  /// certificate, and no others. `acceptor` must outlive the host or be removed.
  void listen(const TransportAddress& local, StreamAcceptor& acceptor, std::string tls_name = {});
  void stop_listening(const TransportAddress& local);

  // Sleep -------------------------------------------------------------------------------------

  void fall_asleep() { sleep_.begin(); }
  void wake();
  bool is_asleep() const { return sleep_.is_asleep(); }
  /// Does `action` at `at`, or when the host wakes if it sleeps then.
  void schedule(Timestamp at, std::function<void()> action);

  /// It must outlive the host or be removed, but not from inside its own functions.
  void add_observer(HostObserver& observer) { observers_.push_back(&observer); }
  void remove_observer(HostObserver& observer) { std::erase(observers_, &observer); }

 private:
  class SimTimer;
  class SimSocket;
  class SimStream;
  struct StreamService {
    TransportAddress local;
    StreamAcceptor* acceptor;
    std::string tls_name;
  };
  class NetworkChange final : public HostAlarm {
   public:
    explicit NetworkChange(SimHost& host)
        : HostAlarm(host.sleep_, host.ground_.alarms), host_(host) {}

   private:
    void on_due() override { host_.tell_of_change(); }
    SimHost& host_;
  };

  Timestamp now() const override { return ground_.traffic.now(); }
  std::unique_ptr<Timer> create(TimerListener& listener) override;
  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;
  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override;
  std::optional<std::vector<InterfaceAddress>> addresses() const override;
  void add_listener(NetworkListener& listener) override { listeners_.push_back(&listener); }
  void remove_listener(NetworkListener& listener) override;
  void log(LogLevel level, std::string_view area, std::string_view text) override;
  void arrive(Attachment& at, PacketId packet) override;
  bool is_host() const override { return true; }

  Interface* interface_with(const IpAddress& ip);
  Interface* interface_towards(const IpAddress& ip);
  void give_addresses(Interface& interface, std::vector<IpAddress> addresses);
  void take_addresses(Interface& interface);
  void announce_change();
  void tell_of_change();
  void fail_homeless_sockets();
  std::uint16_t choose_port(const BindRequest& request);
  SimSocket* find_socket(const TransportAddress& local);
  const StreamService* find_service(const TransportAddress& local) const;
  void fail_homeless_streams();
  void give_zone(Datagram& datagram, const Attachment& at);

  HostGround ground_;
  std::string name_;
  SeededRandom random_;
  MbedtlsCrypto crypto_;
  std::vector<std::unique_ptr<Interface>> interfaces_;
  std::vector<std::unique_ptr<Interface>> removed_interfaces_;  // packets may be under way to them
  std::uint32_t interface_count_ = 0;
  std::vector<NetworkListener*> listeners_;
  std::vector<SimSocket*> sockets_;            // in the order in which they were opened
  FlatMap<EndpointKey, SimSocket*> by_local_;  // those that are bound
  std::vector<StreamService> services_;
  std::vector<SimStream*> streams_;  // in the order in which they were opened
  std::uint16_t last_stream_port_ = 49151;
  Sleep sleep_;
  NetworkChange change_;
  std::vector<std::function<void()>> late_calls_;
  std::vector<HostObserver*> observers_;
  std::uint64_t datagrams_sent_ = 0;
  std::size_t timers_armed_ = 0;
};

}  // namespace floe::sim
