// Discovers the behaviour of the NAT between this host and a server (RFC 5780, section 4), without
// I/O: it gives the datagrams to send from each of two sockets, and takes the datagrams that
// arrive.
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
// asked even if the mapping is known already: silence means filtering only if the server's other
// address is alive.
// The sockets must be new: the NAT keeps mappings and filters for the datagrams that they sent
// before. Limits: one question for each line above, two for filtering and hairpinning; some 30
// seconds when nothing but the first is answered. Binding lifetimes are not measured, since that
// takes many minutes.
#pragma once

#include <deque>
#include <vector>

#include "floe/nat/conclusions.h"

namespace floe::nat {

/// RFC 5780, section 5: "A client SHOULD NOT generate more than ten new STUN transactions per
/// second".
inline constexpr Duration kProbeGap = std::chrono::milliseconds(100);

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

  bool finished() const { return phase_ == DiscoveryPhase::done; }
  const BehaviorReport& report() const { return conclusions_.report(); }

 private:
  void enter(Timestamp now, DiscoveryPhase phase);
  void ask(Timestamp now, const Question& question);
  void send_due(Timestamp now);
  bool is_phase_over() const;
  bool is_where_asked(const Probe& probe, const TransportAddress& from) const;

  DiscoveryConfig config_;
  RandomSource& random_;
  Conclusions conclusions_;
  DiscoveryPhase phase_ = DiscoveryPhase::idle;
  std::vector<Probe> probes_;  ///< of this phase
  std::deque<Transmit> outputs_;
  Timestamp next_start_{};  ///< of a new transaction
};

}  // namespace floe::nat
