// One end of a connection between two peers: an ICE agent, its side of the signalling, and the data
// that passes, in one machine without I/O.
//
// Every host composes this class: the driver pumps it over sockets and timers, the C API hands its
// inputs and outputs to a program, the simulator drives it in virtual time.
//
//   inputs (messages of the peer, datagrams, time) ─▶ Connection ─▶ poll_output()*
//
// The rule is the same as for the agent: after each input, call poll_output() until it has nothing
// more, then arm one timer for deadline(). Inputs that concern the agent alone go to agent()
// directly, and the same rule holds for them; its own poll_output() must not be called.
//
// A connection that is secured (security.h) gives the agent's data to DTLS. Then "connected" means
// that DTLS is through as well: state() and the events of states wait for it.
//
// Outputs keep this order: waiting messages and errors of the signalling come before further
// outputs of the agent. So an event comes right before the messages that it causes, and a bye from
// either side comes before the event that the agent is closed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "floe/ice/agent.h"
#include "floe/peer/security.h"
#include "floe/signal/dtls_statistics.h"
#include "floe/signal/session.h"

namespace floe::peer {

/// The peer ended the connection. The reason is untrusted text.
struct PeerSaidBye {
  std::string_view reason;  ///< lives as long as the connection
};

/// The path is lost, and the connection begins a new generation by itself.
struct RestartedByItself {
  std::uint32_t attempt;  ///< counted from 1, since the last path
};

/// An output of the agent, a message to carry to the peer in order, a mistake in a message of the
/// peer, the peer's bye, a restart that nobody asked for, a name of the peer's to look up, a
/// candidate of the peer that is not used, or what becomes of the security.
using Output =
    std::variant<ice::Output, signal::Message, signal::SessionError, PeerSaidBye, RestartedByItself,
                 signal::NameWanted, signal::CandidateSkipped, Secured, SecurityFailed>;

/// The peer ended DTLS, on the path. Its bye, with the reason, may still come by the signalling,
/// and so may a new beginning. Without either, the agent is closed after this time.
inline constexpr Duration kByePatience = std::chrono::seconds(1);

class Recovery;
class ProtectedAgent;

class Connection {
 public:
  /// Objects passed by reference must outlive the connection. `shared_pacer` paces all agents of a
  /// process together; without one the agent paces itself.
  Connection(const ice::AgentConfig& config, RandomSource& random, Crypto& crypto,
             ice::SharedPacer* shared_pacer = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Signalling --------------------------------------------------------------------------------

  /// From now on the connection speaks floe.signal.1. A connection that never negotiates is a bare
  /// agent, whose descriptions the application carries. Once; later calls do nothing.
  void negotiate(signal::SessionOptions options);
  /// From now on all data is encrypted, and a peer that does not encrypt ends the connection;
  /// after negotiate(), before the first message of either end. False: this build has no DTLS.
  bool secure(const SecurityOptions& options);
  /// Tells the peer that this end carries data channels; before announce().
  void offer_channels(const signal::SctpParameters& parameters) { sctp_ = parameters; }
  /// Of the peer's latest description; empty: it carries no data channels.
  const std::optional<signal::SctpParameters>& peer_channels() const { return peer_sctp_; }
  /// Announces the agent to the peer. Messages of the peer may come before this call.
  void announce();
  /// A message of the peer. Without effect before negotiate().
  void handle_message(Timestamp now, const signal::Message& message);
  /// The answer to a signal::NameWanted.
  void handle_name(Timestamp now, const signal::NameResolved& answer);
  /// Begins a new generation (RFC 8445, section 9), and tells the peer when negotiating.
  void restart(Timestamp now);
  /// Announces the current generation again, to a peer that may have lost it.
  void repeat_description();
  /// Tells the peer that the connection ends, and closes nothing.
  void bye(std::string_view reason);
  /// Ends DTLS, then closes the agent. Once; later calls do nothing.
  void close(Timestamp now);
  /// Tells the peer, then closes.
  void close(Timestamp now, std::string_view reason);

  /// From now on the connection restarts by itself when its path is lost, with a back-off; after
  /// negotiate(), since the peer must be told. A connection that does not recover leaves that to
  /// the application.
  void recover();

  // The agent ---------------------------------------------------------------------------------

  void handle_timeout(Timestamp now);

  ice::Agent& agent() { return agent_; }
  const ice::Agent& agent() const { return agent_; }
  /// The agent's, but `checking` while a path works and DTLS is not through.
  ice::State state() const;
  /// Application data can pass: every component has a selected pair, and is secured if it has to
  /// be.
  bool is_connected() const;
  bool is_closed() const { return agent_.state() == ice::State::closed; }
  bool was_ended_by_peer() const {
    return ends_at_ != kNever || (session_ && session_->has_ended());
  }

  // Data --------------------------------------------------------------------------------------

  /// Encrypts `payload`, which must stay until the outputs are drained, if it has to be, and gives
  /// it to the agent.
  ice::SendResult send(Timestamp now, ice::StreamComponent component, Bytes payload);
  bool is_protected() const { return protected_ != nullptr; }
  /// For hosts that send data without the outputs: what to send in the place of `payload`. It lives
  /// until the next call.
  Result<Bytes, ice::SendResult> seal(Timestamp now, ice::StreamComponent component, Bytes payload);
  /// For hosts that take data without the outputs, after ice::Agent::receive_data(), when older
  /// outputs are taken: the data, in `room`, which is any buffer, best the same one each time.
  /// Empty when `payload` is not one record of data: outputs follow.
  std::optional<Bytes> open(Timestamp now, ice::StreamComponent component, Bytes payload,
                            ByteVector& room);
  /// The longest datagram that fits a path which carries all of UDP; 0 while nothing can be sent.
  std::size_t max_datagram_size(ice::StreamComponent component) const;
  /// For media (RFC 5705 and 5764); empty before Secured, and without security.
  std::optional<ByteVector> export_keying_material(ice::StreamComponent component,
                                                   std::string_view label,
                                                   std::size_t length) const;
  /// What W3C's statistics say of DTLS; empty in plaintext.
  std::optional<signal::DtlsStatistics> dtls_statistics() const;
  /// Null before negotiate().
  const signal::Session* session() const { return session_.get(); }

  // Outputs -----------------------------------------------------------------------------------

  /// The next output, in order; empty when all are taken. Views in it live until the next call of
  /// poll_output() or of any input.
  std::optional<Output> poll_output();
  /// When handle_timeout() must be called; kNever when nothing waits for time.
  Timestamp deadline() const;

 private:
  std::optional<Output> poll_session();
  std::optional<Output> poll_protected();
  std::optional<Output> poll_agent();
  Output end_insecure(const SecurityFailed& failed);
  void note_agent_event(const ice::Event& event);
  const signal::Description* description_of_peer(const signal::Message& message) const;
  bool note_for_protection(const signal::Message& message, const signal::Description* description);

  RandomSource& random_;
  Crypto& crypto_;
  ice::Agent agent_;
  std::unique_ptr<signal::Session> session_;   // null for a bare agent
  std::unique_ptr<Recovery> recovery_;         // null when the application restarts
  std::unique_ptr<ProtectedAgent> protected_;  // null for plaintext
  std::optional<signal::SctpParameters> sctp_;
  std::optional<signal::SctpParameters> peer_sctp_;
  std::optional<RestartedByItself> restarted_;
  Timestamp ends_at_ = kNever;  // the peer has ended DTLS
  bool bye_was_told_ = false;
};

}  // namespace floe::peer
