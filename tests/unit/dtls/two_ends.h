// A client and a server of DTLS, and a network between them that a test may worsen. Virtual time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "floe/dtls/session.h"
#include "floe/sim/seeded_random.h"

namespace floe::testing {

/// A certificate that is made once for a seed.
const dtls::Certificate& certificate(std::uint64_t seed);

struct DtlsEnd {
  std::unique_ptr<dtls::Session> session;
  std::vector<ByteVector> sent;
  std::vector<ByteVector> received;
  std::optional<dtls::Secured> secured;
  std::optional<Timestamp> secured_at;
  std::optional<dtls::Failed> failed;
  bool closed_by_peer = false;
};

/// A datagram on its way.
struct Passing {
  std::size_t index;  ///< of all datagrams of both ends, in the order of sending
  bool from_client;
  ByteVector bytes;
};

/// The delays after which a datagram arrives: none when it is lost, two when it is doubled.
using Network = std::function<std::vector<Duration>(const Passing&)>;

struct DtlsWorld {
  std::uint64_t seed = 1;
  dtls::Options client{.role = dtls::Role::client, .round_trip = 20ms};
  dtls::Options server{.role = dtls::Role::server, .round_trip = 20ms};
  /// What each expects of the other: its certificate unless a test says otherwise.
  std::vector<dtls::Fingerprint> client_expects{certificate(2).fingerprint()};
  std::vector<dtls::Fingerprint> server_expects{certificate(1).fingerprint()};
};

class TwoEnds {
 public:
  static constexpr Duration kOneWay = 10ms;

  explicit TwoEnds(const DtlsWorld& world = {});

  DtlsEnd client;
  DtlsEnd server;
  Network network = [](const Passing&) { return std::vector{kOneWay}; };
  Timestamp now{1h};

  /// Starts both.
  void start();
  /// Until nothing is under way and no timer runs, or until `limit` is over.
  void run(Duration limit = 60s);
  /// start() and run(); whether both are secured.
  bool connect();
  bool is_secured() const { return client.secured && server.secured; }
  Duration elapsed() const { return now - Timestamp{1h}; }
  std::size_t sent() const { return sent_; }

  void send(DtlsEnd& from, std::string_view text);
  /// Takes what `end` has to say, and sends its datagrams off.
  void collect(DtlsEnd& end);

 private:
  void send_off(DtlsEnd& end, ByteVector datagram);
  void deliver_next();

  sim::SeededRandom client_random_;
  sim::SeededRandom server_random_;
  std::size_t sent_ = 0;
  std::multimap<Timestamp, std::pair<DtlsEnd*, ByteVector>> under_way_;
};

}  // namespace floe::testing
