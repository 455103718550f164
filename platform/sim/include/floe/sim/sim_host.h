// One host of a simulated world: it gives a driver all it needs, in memory and in virtual time.
//
// Its interfaces come and go, its addresses change, and it may sleep. While it sleeps, nothing on
// it runs, arriving datagrams are lost, and the clock goes on. When it wakes, each timer that
// should have rung rings once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "floe/api/host.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/host_sockets.h"
#include "floe/sim/host_state.h"
#include "floe/sim/host_streams.h"

namespace floe::sim {

class SimHost final : public Node,
                      private Clock,
                      private Timers,
                      private NetworkMonitor,
                      private LogSink {
 public:
  SimHost(const HostGround& ground, std::string name, std::uint64_t seed);

  /// The view that a driver takes.
  Host api() {
    return {*this, *this, sockets_, *this, state_.random, crypto_, *this, nullptr, &streams_};
  }

  const std::string& name() const { return state_.name; }
  bool has_address(const IpAddress& ip) const { return state_.has_address(ip); }
  std::uint64_t datagrams_sent() const { return sockets_.datagrams_sent(); }
  /// Timers that will ring.
  std::size_t timers_armed() const { return state_.timers_armed; }

  // Interfaces --------------------------------------------------------------------------------

  /// Drivers are told of this change, as of all changes here, in a separate event. The host prefers
  /// its addresses in the order in which they were added, those in networks without a way out last.
  Interface& add_interface(std::string name, Network& network, std::vector<IpAddress> addresses,
                           const Link& link = {});
  /// Sockets bound to its addresses fail.
  void remove_interface(std::string_view name);
  void set_addresses(Interface& interface, std::vector<IpAddress> addresses);
  /// nullptr: there is none of this name.
  Interface* interface(std::string_view name) { return state_.interfaces.find(name); }
  /// The first interface's; there must be one.
  Link& link() { return state_.interfaces.first().link(); }

  // Streams -----------------------------------------------------------------------------------

  /// Takes streams to `local`. With `tls_name`, takes only streams over TLS that expect this name
  /// in the server's certificate. `acceptor` must outlive the host or be removed.
  void listen(const TransportAddress& local, StreamAcceptor& acceptor, std::string tls_name = {}) {
    streams_.listen(local, acceptor, std::move(tls_name));
  }
  void stop_listening(const TransportAddress& local) { streams_.stop_listening(local); }
  /// Where the streams of other hosts arrive.
  HostStreams& streams() { return streams_; }

  // Sleep -------------------------------------------------------------------------------------

  void fall_asleep() { state_.sleep.begin(); }
  void wake();
  bool is_asleep() const { return state_.sleep.is_asleep(); }
  /// Runs `action` at `at`; if the host sleeps then, when it wakes.
  void schedule(Timestamp at, std::function<void()> action);

  /// `observer` must outlive the host or be removed, but not from inside its own functions.
  void add_observer(HostObserver& observer) { state_.observers.push_back(&observer); }
  void remove_observer(HostObserver& observer) { std::erase(state_.observers, &observer); }

 private:
  class NetworkChange final : public HostAlarm {
   public:
    explicit NetworkChange(SimHost& host)
        : HostAlarm(host.state_.sleep, host.state_.ground.alarms), host_(host) {}

   private:
    void on_due() override { host_.tell_of_change(); }
    SimHost& host_;
  };

  Timestamp now() const override { return state_.now(); }
  std::unique_ptr<Timer> create(TimerListener& listener) override;
  std::optional<std::vector<InterfaceAddress>> addresses() const override {
    return state_.interfaces.addresses();
  }
  void add_listener(NetworkListener& listener) override { listeners_.push_back(&listener); }
  void remove_listener(NetworkListener& listener) override { std::erase(listeners_, &listener); }
  void log(LogLevel, std::string_view, std::string_view text) override { state_.note(text); }
  void arrive(Attachment& at, PacketId packet) override;
  bool is_host() const override { return true; }

  void announce_change();
  void tell_of_change();

  HostState state_;
  MbedtlsCrypto crypto_;
  HostSockets sockets_;
  HostStreams streams_;
  std::vector<NetworkListener*> listeners_;
  NetworkChange change_;
  std::vector<std::function<void()>> late_calls_;
};

}  // namespace floe::sim
