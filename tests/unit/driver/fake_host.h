// A host in a test's hands: it binds sockets, resolves names, changes networks and lets time pass
// when the test says so, and never by itself.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/api/host.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/seeded_random.h"

namespace floe::testing {

class FakeHost final : private Clock,
                       private Timers,
                       private DatagramSockets,
                       private NetworkMonitor,
                       private Resolver,
                       private LogSink {
 public:
  struct Sent {
    TransportAddress local;
    TransportAddress remote;
    ByteVector payload;
  };

  Host api() {
    return {*this, *this, *this, *this, random_, crypto_, *this, has_resolver ? this : nullptr};
  }

  // The network.
  /// Tells listeners, as does a host whose addresses changed.
  void set_addresses(std::initializer_list<const char*> ips);
  /// Sockets asked for on `ip` that are neither bound nor failed yet.
  std::size_t opening_count(const char* ip) const;
  std::size_t open_count() const { return sockets_.size(); }
  /// Binds all that are being opened; each gets a port of its own.
  void bind_all();
  /// Every send fails at once, as it does without a route or behind a firewall.
  bool refuses_sends = false;
  /// The sockets of `ip` fail, bound or not.
  void fail(const char* ip, BindError error = BindError::address_not_available);
  void deliver(const TransportAddress& local, const TransportAddress& remote, Bytes payload);
  const std::vector<Sent>& sent() const { return sent_; }
  const std::vector<BindRequest>& bind_requests() const { return bind_requests_; }
  std::vector<TransportAddress> bound() const;
  std::optional<IpAddress> loopback_address;

  // Names.
  bool has_resolver = true;
  std::vector<std::string> asked_names() const;
  /// Answers the questions for `name` that nobody took back.
  void resolve(const std::string& name, const std::vector<IpAddress>& ips,
               const std::string& error = {});

  // Time.
  void run_for(Duration duration);
  std::size_t armed_timers() const;

  const std::vector<std::string>& log_lines() const { return log_lines_; }

 private:
  class FakeTimer;
  class FakeSocket;
  class FakeResolution;

  Timestamp now() const override { return now_; }
  std::unique_ptr<Timer> create(TimerListener& listener) override;
  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;
  std::optional<std::vector<InterfaceAddress>> addresses() const override { return addresses_; }
  std::optional<IpAddress> loopback() const override { return loopback_address; }
  void add_listener(NetworkListener& listener) override { listeners_.push_back(&listener); }
  void remove_listener(NetworkListener& listener) override { std::erase(listeners_, &listener); }
  std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                      ResolveListener& listener) override;
  void log(LogLevel level, std::string_view area, std::string_view text) override;

  Timestamp now_{1h};
  sim::SeededRandom random_{1};
  MbedtlsCrypto crypto_;
  std::optional<std::vector<InterfaceAddress>> addresses_;
  std::vector<NetworkListener*> listeners_;
  std::vector<FakeTimer*> timers_;
  std::vector<FakeSocket*> sockets_;
  std::vector<FakeResolution*> resolutions_;
  std::vector<Sent> sent_;
  std::vector<BindRequest> bind_requests_;
  std::vector<std::string> log_lines_;
  std::uint16_t next_port_ = 40000;
};

}  // namespace floe::testing
