// Translates between the messages of floe.signal.1 and one ice::Agent, and absorbs their races:
// candidates before their description, of an old generation, twice; restarts that cross.
//
// Sans-I/O, like the agent. After each call: drain the agent as always, hand its events to
// handle_event(), then send what poll_message() gives.
//
//   Session session({}, agent);
//   session.start(agent);                                  the first message is there at once
//   peer's message ─▶ session.receive(now, message, agent)
//   agent's event  ─▶ session.handle_event(event, agent)
//   session.poll_message()* ─▶ to the peer                  session.poll_error()* ─▶ to a log
//
// All messages in one direction must arrive in order, or late; a description that is lost stays
// lost until repeat_description(). Whoever reconnects, or finds a new peer in the room, calls it.
#pragma once

#include <bitset>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/agent.h"
#include "floe/signal/announcement.h"
#include "floe/signal/held_candidates.h"
#include "floe/signal/message.h"
#include "floe/signal/pairing.h"
#include "floe/signal/session_report.h"
#include "floe/types/list.h"

namespace floe::signal {

class Session {
 public:
  /// `agent` is given again to each function and must be the same one.
  Session(SessionOptions options, const ice::Agent& agent);

  /// Announces the agent. Messages of the peer may come before; later calls do nothing.
  void start(const ice::Agent& agent);
  void receive(Timestamp now, const Message& message, ice::Agent& agent);
  /// To be called with each event of the agent, in order; only some matter here.
  void handle_event(const ice::Event& event, const ice::Agent& agent);

  /// Restarts the agent (RFC 8445, section 9) and tells the peer.
  void restart(Timestamp now, ice::Agent& agent);
  /// Asks the peer to restart.
  void request_restart();
  /// Announces the current generation again, with all its candidates.
  void repeat_description(const ice::Agent& agent);
  /// Tells the peer that this is the end. Closes nothing here.
  void bye(std::string_view reason);

  std::optional<Message> poll_message();
  std::optional<SessionError> poll_error();

  /// The peer said bye; the agent is closed and everything later is ignored.
  bool has_ended() const { return bye_.has_value(); }
  std::string_view bye_reason() const { return bye_ ? std::string_view(bye_->reason) : ""; }
  /// As the last description said. A full agent that faces a lite one must be controlling.
  bool peer_is_lite() const { return peer_is_lite_; }
  std::size_t held_count() const { return held_.size(); }
  const SessionCounters& counters() const { return counters_; }

 private:
  void handle(Timestamp now, const Description& description, ice::Agent& agent);
  /// An empty candidate is the end of them.
  void handle(Timestamp now, const CandidateMessage& message, ice::Agent& agent);
  void handle(Timestamp now, const EndOfCandidates& message, ice::Agent& agent);
  void handle(Timestamp now, const CandidateRemoved& message, ice::Agent& agent);
  void handle(Timestamp now, const RestartRequest& message, ice::Agent& agent);
  void handle(Timestamp now, const Bye& message, ice::Agent& agent);

  void answer_restart(Timestamp now, const Description& description, Pairing::Verdict verdict,
                      ice::Agent& agent);
  void set_remote(Timestamp now, const Description& description, ice::Agent& agent);
  void take_candidates(Timestamp now, const Description& description, ice::Agent& agent);
  void hold_candidates(const Description& description);
  void add_candidate(Timestamp now, const CandidateInit& init, ice::Agent& agent);
  std::optional<ice::Candidate> read_candidate(const CandidateInit& init, const ice::Agent& agent);
  void end_stream(Timestamp now, std::string_view mid, ice::Agent& agent);
  std::optional<ice::DataStreamId> stream_of(std::string_view mid, const ice::Agent& agent) const;
  void hold(CandidateMessage message);
  void describe(const ice::Agent& agent);
  void send(Message message);
  void report(SessionError error);

  Pairing pairing_;
  Announcement announcement_;
  HeldCandidates held_;
  std::list<Message> outgoing_;
  List<SessionError> errors_;
  std::optional<Bye> bye_;
  bool started_ = false;
  bool peer_is_lite_ = false;
  /// Of the peer's current generation, the streams that no candidate comes for any more.
  std::bitset<ice::kStreamsMax> ended_streams_;
  SessionCounters counters_;
};

}  // namespace floe::signal
