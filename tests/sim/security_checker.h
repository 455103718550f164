// What must hold of an encrypted connection after every step of every simulation.
//
//   sending    nothing leaves but STUN, TURN and records of DTLS; data only in protected records,
//              and none in checks
//   arrival    the application is given nothing that did not come in a protected record
//   states     nothing is called connected before the handshake is through
//   handshake  what was connected once has no other handshake, whatever becomes of its paths
//
// Seen from outside: by what the host sends and receives, also by a TURN server over UDP, and by
// events. It keeps what tests ask of a handshake: when it began, and when and how it ended.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/agent.h"
#include "floe/peer/security.h"
#include "floe/sim/world.h"
#include "turn_watch.h"
#include "violations.h"

namespace floe::sim {

/// RFC 7983: which datagrams are of DTLS.
inline bool is_dtls(Bytes datagram) {
  return !datagram.empty() && datagram[0] >= 20 && datagram[0] <= 63;
}

class SecurityChecker final : private HostObserver {
 public:
  /// What is passed by reference must outlive it.
  SecurityChecker(World& world, SimHost& host);
  ~SecurityChecker();

  // What the connection tells, as it comes.
  void note_event(const ice::Event& event);
  void note_secured(const peer::Secured& secured);
  void note_failed(const peer::SecurityFailed& failed);

  /// That this end began as a client.
  std::size_t handshakes() const { return hellos_.size(); }
  std::optional<Timestamp> first_hello_at() const { return first_hello_at_; }
  std::optional<Timestamp> secured_at() const { return secured_at_; }
  std::optional<Timestamp> failed_at() const { return failed_at_; }
  const std::optional<peer::SecurityFailed>& failure() const { return failure_; }
  std::optional<Timestamp> first_data_at() const { return first_data_at_; }

  /// For tests that expect some; see Violations.
  std::vector<std::string> take_violations() { return violations_.take(); }

 private:
  void on_sending(const TransportAddress& from, const TransportAddress& to, Bytes payload) override;
  void on_arriving(const Datagram& datagram) override;
  void on_arrived(const Datagram&) override { holds_data_.reset(); }
  void on_timer_rung() override {}

  void check_sent(Bytes payload);
  void check_rider(Bytes check);
  void note_hello(Bytes random);
  void violate(std::string_view what);

  World& world_;
  SimHost& host_;
  Violations violations_;
  TurnWatch turn_;
  std::set<std::string> hellos_;  // their random bytes
  /// While a datagram is given to the host: whether there is a protected record of data in it.
  std::optional<bool> holds_data_;
  bool was_connected_ = false;
  std::optional<Timestamp> first_hello_at_;
  std::optional<Timestamp> secured_at_;
  std::optional<Timestamp> failed_at_;
  std::optional<Timestamp> first_data_at_;
  std::optional<peer::SecurityFailed> failure_;
};

}  // namespace floe::sim
