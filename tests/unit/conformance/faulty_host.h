// A host with one fault, around one that has none.
#pragma once

#include <memory>
#include <utility>

#include "floe/conformance/host_check.h"

namespace floe::testing {

enum class Fault : std::uint8_t {
  none,
  clock_goes_back,
  timer_rings_early,
  timer_rings_inside_arm,
  timer_cannot_be_disarmed,
  addresses_stay_unknown,
  random_bytes_are_zeros,
  digest_is_wrong,
  socket_is_bound_inside_open,
  datagram_loses_its_last_byte,
  datagram_has_another_source,
  name_is_answered_inside_resolve,
  name_is_never_answered,
  stream_is_closed_inside_connect,
  stream_takes_bytes_early,
};

/// An interface that does what the sound one does, unless it has the fault.
template <class Interface>
class Faulty : public Interface {
 public:
  Faulty(Interface& sound, Fault fault) : sound_(sound), fault_(fault) {}

 protected:
  Interface& sound_;
  Fault fault_;
};

class FaultyClock final : public Faulty<Clock> {
 public:
  using Faulty::Faulty;
  Timestamp now() const override {
    const Timestamp now = sound_.now();
    return fault_ == Fault::clock_goes_back && ++asked_ % 3 == 0 ? now - std::chrono::hours(1)
                                                                 : now;
  }

 private:
  mutable int asked_ = 0;
};

class FaultyTimers final : public Timers {
 public:
  FaultyTimers(Host& sound, Fault fault) : sound_(sound), fault_(fault) {}
  std::unique_ptr<Timer> create(TimerListener& listener) override {
    return std::make_unique<Alarm>(*this, listener);
  }

 private:
  struct Alarm final : Timer {
    Alarm(FaultyTimers& timers, TimerListener& told)
        : owner(timers), listener(told), inner(timers.sound_.timers.create(told)) {}
    void arm(Timestamp when) override {
      const Timestamp now = owner.sound_.clock.now();
      const bool has_passed = when <= now;
      if (owner.fault_ == Fault::timer_cannot_be_disarmed && when == kNever) return;
      if (owner.fault_ == Fault::timer_rings_inside_arm && has_passed) {
        return listener.handle_timeout(now);
      }
      const bool is_early = owner.fault_ == Fault::timer_rings_early && when != kNever;
      inner->arm(is_early ? when - std::chrono::milliseconds(20) : when);
    }

    FaultyTimers& owner;
    TimerListener& listener;
    std::unique_ptr<Timer> inner;
  };

  Host& sound_;
  Fault fault_;
};

class FaultyNetwork final : public Faulty<NetworkMonitor> {
 public:
  using Faulty::Faulty;
  std::optional<std::vector<InterfaceAddress>> addresses() const override {
    if (fault_ == Fault::addresses_stay_unknown) return std::nullopt;
    return sound_.addresses();
  }
  void add_listener(NetworkListener& listener) override { sound_.add_listener(listener); }
  void remove_listener(NetworkListener& listener) override { sound_.remove_listener(listener); }
};

class FaultyRandom final : public Faulty<RandomSource> {
 public:
  using Faulty::Faulty;
  void fill(MutableBytes out) override {
    sound_.fill(out);
    if (fault_ != Fault::random_bytes_are_zeros) return;
    for (std::uint8_t& byte : out) byte = 0;
  }
};

class FaultyCrypto final : public Faulty<Crypto> {
 public:
  using Faulty::Faulty;
  std::unique_ptr<HmacSha1> hmac_sha1(Bytes key) override { return sound_.hmac_sha1(key); }
  std::unique_ptr<HmacSha256> hmac_sha256(Bytes key) override { return sound_.hmac_sha256(key); }
  Md5Digest md5(std::span<const Bytes> parts) override {
    Md5Digest digest = sound_.md5(parts);
    if (fault_ == Fault::digest_is_wrong) digest[15] ^= 1;
    return digest;
  }
  Sha256Digest sha256(std::span<const Bytes> parts) override { return sound_.sha256(parts); }
};

class FaultySockets final : public Faulty<DatagramSockets> {
 public:
  using Faulty::Faulty;
  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override {
    auto socket = std::make_unique<Socket>(fault_, listener);
    socket->inner = sound_.open(request, *socket);
    if (fault_ == Fault::socket_is_bound_inside_open) listener.on_bound(*socket, {request.ip, 1});
    return socket;
  }

 private:
  struct Socket final : DatagramSocket, private DatagramListener {
    friend class FaultySockets;
    Socket(Fault planted, DatagramListener& told) : fault(planted), listener(told) {}
    SendStatus send(const TransportAddress& to, Bytes payload) override {
      return inner->send(to, payload);
    }
    void on_bound(DatagramSocket&, const TransportAddress& local) override {
      listener.on_bound(*this, local);
    }
    void on_socket_failed(DatagramSocket&, BindError error) override {
      listener.on_socket_failed(*this, error);
    }
    void on_datagram(DatagramSocket&, const Datagram& sound) override {
      Datagram datagram = sound;
      if (fault == Fault::datagram_has_another_source) ++datagram.remote.port;
      if (fault == Fault::datagram_loses_its_last_byte && !datagram.payload.empty()) {
        datagram.payload = datagram.payload.first(datagram.payload.size() - 1);
      }
      listener.on_datagram(*this, datagram);
    }

    Fault fault;
    DatagramListener& listener;
    std::unique_ptr<DatagramSocket> inner;
  };
};

/// Knows numeric addresses, and answers by a timer.
class FaultyResolver final : public Resolver {
 public:
  FaultyResolver(Host& sound, Fault fault) : sound_(sound), fault_(fault) {}
  std::unique_ptr<Resolution> resolve(std::string_view name, ResolveListener& listener) override {
    auto question = std::make_unique<Question>(std::string(name), listener);
    if (fault_ == Fault::name_is_answered_inside_resolve) {
      question->handle_timeout({});
    } else if (fault_ != Fault::name_is_never_answered) {
      question->timer = sound_.timers.create(*question);
      question->timer->arm(sound_.clock.now());
    }
    return question;
  }

 private:
  struct Question final : Resolution, TimerListener {
    Question(std::string asked, ResolveListener& told) : name(std::move(asked)), listener(told) {}
    void handle_timeout(Timestamp) override {
      const auto address = IpAddress::parse(name);
      if (address) return listener.on_resolved({*address}, {});
      listener.on_resolved({}, "there is no such name");
    }

    std::string name;
    ResolveListener& listener;
    std::unique_ptr<Timer> timer;
  };

  Host& sound_;
  Fault fault_;
};

class FaultyStreams final : public Faulty<StreamSockets> {
 public:
  using Faulty::Faulty;
  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override {
    auto socket = std::make_unique<Socket>();
    socket->takes_all = fault_ == Fault::stream_takes_bytes_early;
    socket->inner = sound_.connect(remote, tls, listener);
    if (fault_ == Fault::stream_is_closed_inside_connect) listener.on_stream_closed("at once");
    return socket;
  }

 private:
  struct Socket final : StreamSocket {
    bool send(Bytes bytes) override { return takes_all || inner->send(bytes); }
    std::unique_ptr<StreamSocket> inner;
    bool takes_all = false;
  };
};

/// The interfaces of `sound`, one of which has the fault.
class FaultyHost {
 public:
  FaultyHost(const Host& sound, Fault fault) : sound_(sound), fault_(fault) {}
  Host api() {
    return {clock_,  timers_,    sockets_,   network_, random_,
            crypto_, sound_.log, &resolver_, &streams_};
  }

 private:
  Host sound_;
  Fault fault_;
  FaultyClock clock_{sound_.clock, fault_};
  FaultyTimers timers_{sound_, fault_};
  FaultySockets sockets_{sound_.datagram_sockets, fault_};
  FaultyNetwork network_{sound_.network, fault_};
  FaultyRandom random_{sound_.random, fault_};
  FaultyCrypto crypto_{sound_.crypto, fault_};
  FaultyResolver resolver_{sound_, fault_};
  FaultyStreams streams_{*sound_.streams, fault_};
};

}  // namespace floe::testing
