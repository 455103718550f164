// Translates between the messages of floe.signal.1 and one ice::Agent, and absorbs their races:
// candidates that arrive before their description, twice, or of an old generation; restarts that
// cross.
//
// Sans-I/O, like the agent. After each call: drain the agent as always, hand its events to
// handle_event(), then send the messages of poll_message().
//
//   Session session({}, agent);
//   session.start(agent);                                  the first message is there at once
//   peer's message ─▶ session.receive(now, message, agent)
//   agent's event  ─▶ session.handle_event(event, agent)
//   session.poll_message()* ─▶ to the peer                  session.poll_error()* ─▶ to a log
//   session.poll_name()* ─▶ looked up ─▶ session.handle_name(now, answer, agent)
//
// All messages in one direction must arrive in order, or late. A lost description is not repeated
// until repeat_description() is called. Call it when the connection to the server came back, and
// when the peer joined the room again.
// Limit: kOutgoingMessagesMax messages wait to be polled; later ones are counted and dropped.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <string_view>

#include "floe/ice/agent.h"
#include "floe/signal/candidate_names.h"
#include "floe/signal/candidate_skipped.h"
#include "floe/signal/message.h"
#include "floe/signal/session_counters.h"
#include "floe/signal/session_error.h"
#include "floe/signal/session_options.h"

namespace floe::signal {

class Announcement;
class Pairing;
class PeerCandidates;
class SessionReport;

class Session {
 public:
  /// `agent` is given again to each function and must be the same one.
  Session(SessionOptions options, const ice::Agent& agent);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Announces the agent. Messages of the peer may come before this call; later calls do nothing.
  void start(const ice::Agent& agent);
  void receive(Timestamp now, const Message& message, ice::Agent& agent);
  /// To be called with each event of the agent, in order; a session ignores most of them.
  void handle_event(const ice::Event& event, const ice::Agent& agent);

  /// Restarts the agent (RFC 8445, section 9) and tells the peer.
  void restart(Timestamp now, ice::Agent& agent);
  /// Asks the peer to restart.
  void request_restart();
  /// Announces the current generation again, with all its candidates.
  void repeat_description(const ice::Agent& agent);
  /// Tells the peer that the connection ends. Closes nothing here.
  void bye(std::string_view reason);

  /// The answer to a poll_name().
  void handle_name(Timestamp now, const NameResolved& answer, ice::Agent& agent);

  std::optional<Message> poll_message();
  std::optional<SessionError> poll_error();
  /// A name to look up; only with SessionOptions::resolves_names.
  std::optional<NameWanted> poll_name();
  /// A candidate of the peer that is not used. A line that cannot be read is an error instead.
  std::optional<CandidateSkipped> poll_skipped();

  /// The peer said bye; the agent is closed and everything later is ignored.
  bool has_ended() const { return bye_.has_value(); }
  std::string_view bye_reason() const { return bye_ ? std::string_view(bye_->reason) : ""; }
  /// Whether the peer's last description said that it is lite. A full agent that faces a lite one
  /// must be controlling.
  bool peer_is_lite() const { return peer_is_lite_; }
  /// Candidates that wait for their description.
  std::size_t held_count() const;
  const SessionCounters& counters() const;

 private:
  void handle(Timestamp now, const Description& description, ice::Agent& agent);
  /// An empty candidate is the end of the stream's candidates.
  void handle(Timestamp now, const CandidateMessage& message, ice::Agent& agent);
  void handle(Timestamp now, const EndOfCandidates& message, ice::Agent& agent);
  void handle(Timestamp now, const CandidateRemoved& message, ice::Agent& agent);
  void handle(Timestamp now, const RestartRequest& message, ice::Agent& agent);
  void handle(Timestamp now, const Bye& message, ice::Agent& agent);
  /// It concerns the certificates, of which the session knows nothing.
  void handle(Timestamp, const Reveal&, ice::Agent&) {}

  /// Begins a generation in answer to the peer's generation. `at_once`: the two are paired now.
  void answer_restart(Timestamp now, const Description& description, bool at_once,
                      ice::Agent& agent);
  void give_to_agent(Timestamp now, const Description& description, ice::Agent& agent);
  void describe(const ice::Agent& agent);
  void send(Message message);

  std::unique_ptr<SessionReport> report_;
  std::unique_ptr<Pairing> pairing_;
  std::unique_ptr<Announcement> announcement_;
  std::unique_ptr<PeerCandidates> peer_candidates_;
  std::list<Message> outgoing_;
  std::optional<Bye> bye_;
  bool is_started_ = false;
  bool peer_is_lite_ = false;
};

}  // namespace floe::signal
