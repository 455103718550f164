// Finds out what the NAT between this host and a server does (RFC 5780, section 4), as a machine
// without I/O: it says what to send from which of two sockets, and is told what arrives.
//
//   start(now), then poll_output() until it is empty, send; come back at deadline() with
//   handle_timeout(now), and with each datagram; until finished(). report() is valid all the time.
//
//   connectivity --answer--> filtering --> mapping: other address --> mapping: other port
//        | no answer                              | nothing to find out    |
//        v                                        v                        v
//      done  <------------ hairpinning <------ second socket <-------------+
//
// Why filtering comes before mapping: "a precondition to these tests is that no binding be
// established to the alternate address and port" (section 3.2), and the mapping tests send there.
// Why both use one socket: NATs may treat ports differently (section 4.1). Why the other address is
// asked although nothing is to be found out about mapping: only then does silence mean filtering,
// and not that the server's other address is dead.
// The sockets must be new: the NAT keeps mappings and filters for what they sent before.
// Limits: one question for each line above, two for filtering and hairpinning; some 30 seconds when
// nothing but the first is answered. Not binding lifetimes, which take many minutes.
#pragma once

#include <deque>
#include <vector>

#include "floe/nat/behavior_report.h"
#include "floe/nat/probe.h"

namespace floe::nat {

/// RFC 5780, section 5: "A client SHOULD NOT generate more than ten new STUN transactions per
/// second".
inline constexpr Duration kProbeGap = std::chrono::milliseconds(100);

struct DiscoveryConfig {
  TransportAddress server;
  TransportAddress main_local;  ///< where the main socket is bound: never a wildcard
  bool tests_hairpinning = true;
};

struct Transmit {
  ProbeSocket socket;
  TransportAddress to;
  ByteVector bytes;
};

class BehaviorDiscovery {
 public:
  /// `random` must outlive it.
  BehaviorDiscovery(const DiscoveryConfig& config, RandomSource& random);

  void start(Timestamp now);
  void handle_datagram(Timestamp now, ProbeSocket socket, const TransportAddress& from,
                       Bytes datagram);
  void handle_timeout(Timestamp now);
  std::optional<Transmit> poll_output();
  Timestamp deadline() const;

  bool finished() const { return phase_ == Phase::done; }
  const BehaviorReport& report() const { return report_; }

 private:
  enum class Phase : std::uint8_t {
    idle,
    connectivity,
    filtering,
    mapping_by_address,
    mapping_by_port,
    second_socket,
    hairpinning,
    done,
  };

  void enter(Timestamp now, Phase phase);
  void ask(Timestamp now, const Question& question);
  void send_due(Timestamp now);
  bool is_phase_over() const;
  Phase conclude();
  Phase conclude_connectivity();
  Phase conclude_filtering();
  Phase conclude_mapping_by_address();
  Phase conclude_mapping_by_port();
  Phase conclude_second_socket();
  Phase conclude_hairpinning();
  Phase after_mapping() const;
  bool is_usable(const TransportAddress& other) const;
  bool is_where_asked(const Probe& probe, const TransportAddress& from) const;

  DiscoveryConfig config_;
  RandomSource& random_;
  BehaviorReport report_;
  Phase phase_ = Phase::idle;
  std::vector<Probe> probes_;  ///< of this phase
  std::deque<Transmit> outputs_;
  Timestamp next_start_{};                         ///< of a new transaction
  TransportAddress mapped_by_address_;             ///< what the server's other address saw
  std::optional<TransportAddress> second_mapped_;  ///< of the second socket
  bool came_back_ = false;                         ///< one of our own requests arrived
};

}  // namespace floe::nat
