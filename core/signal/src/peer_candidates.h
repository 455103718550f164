// The peer's candidates on their way from its messages to the agent.
//
// A line is read and given to the agent, or counted and reported with the reason why it cannot be
// used. Candidates of a generation that is not paired yet are held until it is; those with a name
// wait until it is resolved, and the end of candidates waits with them.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

#include "floe/ice/agent.h"
#include "floe/signal/message.h"
#include "held_candidates.h"
#include "named_candidates.h"
#include "session_report.h"
#include "stream_mids.h"

namespace floe::signal {

class PeerCandidates {
 public:
  /// `report` must outlive the object.
  PeerCandidates(StreamMids mids, bool resolves_names, SessionReport& report)
      : mids_(std::move(mids)), resolves_names_(resolves_names), report_(report) {}

  /// Candidates of a new generation of the peer follow, and none of its streams has ended.
  void begin_generation();

  // For candidates of the paired generation. An empty line is the end of a stream's candidates.
  void add(Timestamp now, const CandidateInit& init, ice::Agent& agent);
  void add_all(Timestamp now, const Description& description, ice::Agent& agent);
  /// Gives the held candidates of this generation to the agent.
  void release(Timestamp now, std::string_view ufrag, ice::Agent& agent);

  // For candidates of a generation that is not paired yet.
  void hold(CandidateMessage message);
  void hold_all(const Description& description);

  /// `is_paired`: the generation is paired, so the agent may know the candidate.
  void remove(Timestamp now, const CandidateRemoved& message, bool is_paired, ice::Agent& agent);

  std::optional<NameWanted> poll_name() { return named_.poll_name(); }
  void handle_name(Timestamp now, const NameResolved& answer, ice::Agent& agent);

  std::size_t held_count() const { return held_.size(); }

 private:
  void add_line(Timestamp now, const CandidateInit& init, ice::Agent& agent);
  void add_candidate(Timestamp now, const ice::Candidate& candidate, std::string_view line,
                     ice::Agent& agent);
  void await_name(const NamedCandidate& candidate);
  void end_stream(Timestamp now, std::string_view mid, ice::Agent& agent);
  void end(Timestamp now, ice::Agent& agent);
  /// Nothing for a candidate that this agent cannot use; it is counted and reported. A candidate
  /// with a name has no address yet.
  std::optional<NamedCandidate> read(const CandidateInit& init, const ice::Agent& agent);
  /// Why it cannot be used, counted; empty when it can.
  std::string_view refuse(const ice::CandidateLine& line, const ice::Agent& agent);
  std::optional<ice::DataStreamId> stream_of(const std::string& mid);

  StreamMids mids_;
  bool resolves_names_;
  SessionReport& report_;
  HeldCandidates held_;
  NamedCandidates named_;
  std::bitset<ice::kStreamsMax> ended_streams_;  // of the generation that is paired
  std::optional<std::string> peers_mid_;         // of the peer's stream, for an agent of one
  bool end_waits_ = false;                       // for names
};

}  // namespace floe::signal
