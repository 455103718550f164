// A host with one fault, around one that has none.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "fault.h"
#include "faulty_sockets.h"
#include "faulty_timers.h"
#include "floe/api/host.h"

namespace floe::testing {

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
