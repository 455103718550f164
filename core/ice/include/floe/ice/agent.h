// An ICE agent (RFC 8445): finds, keeps and uses paths between two hosts, without doing any I/O.
//
// Inputs are calls that carry the time; outputs are polled. The rule: after each input, call
// poll_output() until it has nothing more, then arm one timer for deadline().
//
//   create ─▶ inputs (sockets, descriptions, candidates, datagrams, deadline) ─▶ poll_output()*
//                 ▲                                                                    │
//                 └──────────────── the host sends, waits, receives ◀──────────────────┘
//
// No input calls the host back, so the agent is never re-entered. The inside is an AgentMachine,
// which joins the generations of ICE (Generation), the gathering of candidates and the relays.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "floe/api/crypto.h"
#include "floe/api/random.h"
#include "floe/ice/add_candidate_result.h"
#include "floe/ice/agent_config.h"
#include "floe/ice/candidate_pair.h"
#include "floe/ice/counters.h"
#include "floe/ice/description.h"
#include "floe/ice/local_socket.h"
#include "floe/ice/output.h"
#include "floe/ice/route.h"
#include "floe/ice/send_result.h"
#include "floe/types/list.h"

namespace floe::ice {

class AgentMachine;
class CheckPayload;
class CheckList;
class TurnClients;
class StunGatherer;

class Agent {
 public:
  /// The objects passed by reference must outlive the agent. `shared_pacer` may be shared by all
  /// agents of a process; without one the agent has its own.
  Agent(const AgentConfig& config, RandomSource& random, Crypto& crypto,
        SharedPacer* shared_pacer = nullptr);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  // Inputs ------------------------------------------------------------------------------------

  /// Replaces AgentConfig::role. False: the peer's description is set, and from then on only the
  /// protocol changes the role.
  bool set_role(Timestamp now, Role role);
  /// Replaces AgentConfig::policy. False: the agent has sockets or servers already.
  bool set_policy(CandidatePolicy policy);
  /// What rides in the checks, and outlives the agent; before its first description.
  void set_payload(CheckPayload* payload);

  void start_gathering(Timestamp now);
  /// A socket is bound: it becomes a host candidate, and STUN servers are asked from it. A socket
  /// may also come later, when the network changes. After the end of candidates it is checked as
  /// soon as the selected path is in doubt, and signalled after a restart: see LateSocketAdded.
  /// `limit`: candidates that are gone take up the room until the next restart, which uses it.
  AddCandidateResult add_local_socket(Timestamp now, const LocalSocket& socket);
  AddCandidateResult add_local_socket(Timestamp now, StreamComponent component,
                                      const TransportAddress& base,
                                      std::uint16_t local_preference) {
    return add_local_socket(now, LocalSocket{component, base, local_preference});
  }
  /// The socket is gone; candidates of this base cannot be used any more. If a selected pair used
  /// one of them, the other pairs are checked again.
  void remove_local_socket(Timestamp now, const TransportAddress& base);
  /// A STUN server to be asked for server-reflexive candidates. False: kStunServersMax, known
  /// already, unusable, or the agent uses no such candidates (lite, or CandidatePolicy::relay).
  bool add_stun_server(Timestamp now, const TransportAddress& server);
  /// A TURN server to ask for relayed candidates; a known server gets the new credentials. False:
  /// kTurnServersMax, unusable, or the agent is lite. Servers over TCP and TLS need a host that
  /// carries out the outputs TcpConnectionWanted, TcpTransmit and TcpConnectionUnwanted.
  bool add_turn_server(Timestamp now, const TurnServer& server);
  /// No more sockets and servers will come.
  void end_of_local_sockets(Timestamp now);

  /// Checks start once the description and candidates of both sides are there. A second call with
  /// the same credentials changes nothing; other credentials are refused: after the peer's restart,
  /// call restart() first.
  bool set_remote_description(Timestamp now, const SessionDescription& description);
  AddCandidateResult add_remote_candidate(Timestamp now, const Candidate& candidate);
  /// The peer takes a candidate back. A selected path over it is kept until its peer falls silent.
  /// False: no such candidate.
  bool remove_remote_candidate(Timestamp now, const Candidate& candidate);
  void end_of_remote_candidates(Timestamp now);

  /// `payload` must stay until the outputs are drained.
  void handle_datagram(Timestamp now, const TransportAddress& local, const TransportAddress& remote,
                       Bytes payload);
  /// For hosts that take application data without the outputs: gives the component of a datagram
  /// and counts it as received. Nothing: the datagram is not data, or came by no path of the peer,
  /// or through a relay; then pass it to handle_datagram().
  std::optional<StreamComponent> receive_data(Timestamp now, const Route& path, Bytes datagram);
  /// A TcpConnectionWanted is connected. `local` is this host's end.
  void handle_tcp_connected(Timestamp now, TcpConnectionId id, const TransportAddress& local);
  /// `bytes` must stay until the outputs are drained.
  void handle_tcp_bytes(Timestamp now, TcpConnectionId id, Bytes bytes);
  /// The connection closed, or could not be made. Call it once; `reason` is shown to the user.
  void handle_tcp_closed(Timestamp now, TcpConnectionId id, std::string_view reason);
  /// Call it when deadline() has come; an earlier call does nothing.
  void handle_timeout(Timestamp now);

  /// Sends application data over the selected pair, or over the best working pair while none is
  /// selected. `payload` must stay until the outputs are drained.
  SendResult send(Timestamp now, StreamComponent component, Bytes payload);

  /// For hosts that send data without the outputs: the route for a datagram of `size` bytes, which
  /// is counted as sent. If its local address is_relayed(), give the datagram to relay_data().
  std::optional<Route> route_data(Timestamp now, StreamComponent component, std::size_t size);
  /// After route_data(): when handle_timeout() is due because nothing came back on the selected
  /// pair of the component. It may be earlier than deadline() was, and is cheap to ask.
  Timestamp silence_deadline(Timestamp now, StreamComponent component) const;
  /// `payload` is copied.
  SendResult relay_data(Timestamp now, const Route& route, Bytes payload);
  /// A datagram was not sent after all; data, when it had a route of route_data().
  void count_not_sent(SendResult why, const Route* data_route = nullptr, std::size_t size = 0);

  /// Begins a new generation (RFC 8445, section 9): new credentials, new checks over the same
  /// sockets. Data goes on over the old pair until the new generation has selected one.
  void restart(Timestamp now);
  void close(Timestamp now);

  // Outputs -----------------------------------------------------------------------------------

  /// The next output, in order; nothing when all are taken.
  std::optional<Output> poll_output();
  /// When to call handle_timeout(); kNever when nothing waits for time.
  Timestamp deadline() const;

  // Questions ---------------------------------------------------------------------------------

  State state() const;
  GatheringState gathering_state() const;
  Role role() const;
  const AgentConfig& config() const;
  /// The "ice-options" that this agent's description must carry.
  IceOptions ice_options() const;
  const Credentials& local_credentials() const;
  /// Empty until set_remote_description(), and again after restart().
  std::optional<Credentials> remote_credentials() const;
  std::optional<SelectedPair> selected_pair(StreamComponent component) const;
  /// The candidates of the current generation whose sockets are there.
  List<Candidate> local_candidates() const;
  /// The candidates of the current generation that the peer has not taken back.
  List<Candidate> remote_candidates() const;
  /// All candidates of the current generation, including removed ones: pairs refer to them by
  /// index. The references live until the next input.
  const List<Candidate>& known_local_candidates() const;
  const List<Candidate>& known_remote_candidates() const;
  /// The pairs of the current generation; they live until the next input.
  std::span<const CandidatePair> pairs() const;
  /// The selected pair in pairs(); empty also while data uses a pair of the previous generation.
  std::optional<PairIndex> selected_pair_index(StreamComponent component) const;
  const AgentCounters& counters() const;
  bool is_relayed(const TransportAddress& local) const;
  /// The TURN server of a relayed address of this agent, and the transport to that server.
  std::optional<RelayRoute> relay_route_of(const TransportAddress& relayed) const;

  // Parts, for explanations and tests; their headers are not installed.
  const CheckList& check_list() const;
  const StunGatherer& gatherer() const;
  const TurnClients& turn_clients() const;

 private:
  std::unique_ptr<AgentMachine> machine_;
};

}  // namespace floe::ice
