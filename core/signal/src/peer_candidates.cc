#include "peer_candidates.h"

#include "floe/ice/candidate_grammar.h"
#include "ice_option_tokens.h"

namespace floe::signal {
namespace {

/// No candidates follow the description.
bool is_whole(const Description& description) {
  return description.end_of_candidates || !says_trickle(description.ice_options);
}

}  // namespace

void PeerCandidates::add(Timestamp now, const CandidateInit& init, ice::Agent& agent) {
  if (init.candidate.empty()) return end_stream(now, init.sdp_mid, agent);
  if (const auto candidate = read(init, agent)) add_candidate(now, *candidate, agent);
}

void PeerCandidates::add_all(Timestamp now, const Description& description, ice::Agent& agent) {
  for (const CandidateInit& init : description.candidates) {
    if (const auto candidate = read(init, agent)) add_candidate(now, *candidate, agent);
  }
  if (description.candidates_skipped > 0) {
    report_.counters().candidates_bad += description.candidates_skipped;
    report_.add({SessionErrorCode::bad_candidate, {}});
  }
  if (is_whole(description)) agent.end_of_remote_candidates(now);
}

void PeerCandidates::release(Timestamp now, std::string_view ufrag, ice::Agent& agent) {
  for (const CandidateMessage& message : held_.release(ufrag)) add(now, message.init, agent);
}

void PeerCandidates::hold(CandidateMessage message) {
  SessionCounters& counters = report_.counters();
  ++counters.held;
  if (!held_.hold(std::move(message))) ++counters.held_evicted;
}

void PeerCandidates::hold_all(const Description& description) {
  const std::string& ufrag = description.credentials.ufrag;
  for (const CandidateInit& init : description.candidates) hold(CandidateMessage{ufrag, init});
  if (is_whole(description)) hold(CandidateMessage{ufrag, {}});
}

void PeerCandidates::remove(Timestamp now, const CandidateRemoved& message, bool is_paired,
                            ice::Agent& agent) {
  bool removed = held_.withdraw(message);
  if (!removed && is_paired) {
    const auto candidate = read(message.init, agent);
    removed = candidate && agent.remove_remote_candidate(now, *candidate);
  }
  SessionCounters& counters = report_.counters();
  ++(removed ? counters.removals : counters.removals_ignored);
}

void PeerCandidates::add_candidate(Timestamp now, const ice::Candidate& candidate,
                                   ice::Agent& agent) {
  SessionCounters& counters = report_.counters();
  switch (agent.add_remote_candidate(now, candidate)) {
    case ice::AddCandidateResult::added:
      ++counters.candidates_added;
      return;
    case ice::AddCandidateResult::duplicate:
      ++counters.candidates_duplicate;
      return;
    case ice::AddCandidateResult::limit:
    case ice::AddCandidateResult::unknown_component:
    case ice::AddCandidateResult::unusable:
    case ice::AddCandidateResult::closed:
      ++counters.candidates_refused;
      return;
  }
}

void PeerCandidates::end_stream(Timestamp now, std::string_view mid, ice::Agent& agent) {
  if (const auto stream = stream_of(std::string(mid))) ended_streams_.set(*stream);
  if (ended_streams_.count() == mids_.stream_count()) agent.end_of_remote_candidates(now);
}

/// An agent of one stream takes whatever name the peer's stream has. The first one, since a peer of
/// several streams lists them in order: two of them must not fall onto one socket.
std::optional<ice::DataStreamId> PeerCandidates::stream_of(const std::string& mid) {
  if (mids_.stream_count() == 1 && peers_mid_ && *peers_mid_ != mid) return std::nullopt;
  const auto stream = mids_.stream_of(mid);
  if (stream) peers_mid_ = mid;
  return stream;
}

/// Nothing for a candidate that this agent cannot use; it is counted.
std::optional<ice::Candidate> PeerCandidates::read(const CandidateInit& init,
                                                   const ice::Agent& agent) {
  SessionCounters& counters = report_.counters();
  const auto line = ice::parse_candidate_line(init.candidate);
  if (!line) {
    ++counters.candidates_bad;
    report_.add({SessionErrorCode::bad_candidate, line.error()});
    return std::nullopt;
  }
  if (!is_usable(*line, agent)) return std::nullopt;
  const auto stream = stream_of(init.sdp_mid);
  if (!stream) {
    ++counters.candidates_refused;
    return std::nullopt;
  }
  ice::Candidate candidate = line->candidate;
  candidate.stream = *stream;
  return candidate;
}

bool PeerCandidates::is_usable(const ice::CandidateLine& line, const ice::Agent& agent) {
  SessionCounters& counters = report_.counters();
  const ice::CandidateObstacle obstacle = ice::obstacle_of(line);
  if (obstacle == ice::CandidateObstacle::transport) {
    ++counters.transports_ignored;
    return false;
  }
  if (obstacle == ice::CandidateObstacle::host_name) {
    ++counters.host_names_ignored;
    return false;
  }
  if (line.candidate.type == ice::CandidateType::peer_reflexive) {
    ++counters.peer_reflexive_ignored;
    return false;
  }
  // W3C: a line that names another generation than its message does not belong to it.
  const auto remote = agent.remote_credentials();
  if (!line.ufrag.empty() && remote && line.ufrag != remote->ufrag) {
    ++counters.dropped_old;
    return false;
  }
  return true;
}

}  // namespace floe::signal
