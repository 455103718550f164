// What must hold of an agent after every step of every simulation.
//
//   selection  data goes over the selected pair, once there is one
//   consent    data goes only where an authenticated answer came from in the last 30 s (RFC 7675);
//              that of a lite agent where it heard its peer in the last 80 s
//   pacing     checks that open a five-tuple not yet heard from, and questions to a STUN server
//              that has not answered, are Ta apart, and 5 ms over the agents that share a Pacer;
//              the other checks keep within the bounds of floe/ice/pacer.h
//   relays     what goes through a TURN server goes to whom the server was asked to let through
//   closing    a closed agent sends nothing and waits for nothing
//   limits     nothing grows beyond floe/ice/limits.h
//   progress   a deadline that has come does not come again with nothing done
//
// Seen from outside: by what the host sends and receives, by events, and by the agent's questions.
// Whether a message was authenticated is told by the agent's counters, which spares the simulation
// a second MAC.
#pragma once

#include <string_view>

#include "five_tuples.h"
#include "floe/ice/agent.h"
#include "floe/sim/world.h"
#include "turn_watch.h"
#include "violations.h"

namespace floe::sim {

/// What agents that share an ice::SharedPacer share here.
struct SharedPacing {
  std::optional<Timestamp> last_slot;
};

class AgentChecker final : private HostObserver, private StepWatcher {
 public:
  /// What is passed by reference must outlive it.
  AgentChecker(World& world, SimHost& host, const ice::Agent& agent, const ice::PacerConfig& pacing,
               SharedPacing* shared_pacing = nullptr);
  ~AgentChecker();

  /// The agent's events, as they come.
  void note_event(const ice::Event& event);

  /// The agent was told something by its peer.
  void note_signal(bool peer_is_lite) {
    candidates_changed_ = touched_ = true;
    peer_is_lite_ = peer_is_lite;
  }

  /// For tests that expect some; see Violations.
  std::vector<std::string> take_violations() { return violations_.take(); }

 private:
  void on_sending(const TransportAddress& from, const TransportAddress& to, Bytes payload) override;
  void on_arriving(const Datagram& datagram) override;
  void on_arrived(const Datagram& datagram) override;
  void on_timer_rung() override;
  void on_step() override;

  bool is_mine(const TransportAddress& local);
  FiveTupleFacts& facts(const TransportAddress& local, const TransportAddress& remote);
  void learn_from_arrival();
  void note_sent(const TransportAddress& from, const TransportAddress& to, Bytes payload);
  void note_arriving(const TransportAddress& local, const TransportAddress& remote, Bytes payload);
  void check_request(FiveTupleFacts& path, Bytes request);
  void check_slot();
  bool has_consent(const FiveTupleFacts& path) const;
  void check_data(const FiveTupleFacts& path, const TransportAddress& from,
                  const TransportAddress& to);
  void check_limits();
  void violate(std::string_view what);

  World& world_;
  SimHost& host_;
  const ice::Agent& agent_;
  Duration ta_;
  SharedPacing own_pacing_;
  SharedPacing* shared_pacing_;
  Violations violations_;

  std::vector<TransportAddress> bases_;
  TurnWatch turn_;
  FiveTuples five_tuples_;
  /// While the agent is given a datagram: on which five-tuple, and what it had counted before.
  std::optional<FiveTuple> arriving_;
  std::uint64_t requests_before_ = 0;
  std::uint64_t responses_before_ = 0;

  std::uint64_t outputs_ = 0;  ///< datagrams and events
  std::uint64_t outputs_at_ring_ = 0;
  Timestamp deadline_ = kNever;  ///< as the agent gave it last
  Timestamp idle_since_{};
  unsigned idle_rings_ = 0;
  unsigned stale_deadlines_ = 0;

  std::size_t pairs_seen_ = 0;
  bool candidates_changed_ = false;
  bool touched_ = false;
  bool peer_is_lite_ = false;
  bool closed_ = false;
  bool is_relayed_ = false;  ///< what is being looked at goes by a TURN server
};

}  // namespace floe::sim
