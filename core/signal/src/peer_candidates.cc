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

void PeerCandidates::begin_generation() {
  ended_streams_.reset();
  peers_mid_.reset();
  named_.clear();
  end_waits_ = false;
}

void PeerCandidates::add(Timestamp now, const CandidateInit& init, ice::Agent& agent) {
  init.candidate.empty() ? end_stream(now, init.sdp_mid, agent) : add_line(now, init, agent);
}

void PeerCandidates::add_all(Timestamp now, const Description& description, ice::Agent& agent) {
  for (const CandidateInit& init : description.candidates) add_line(now, init, agent);
  if (description.candidates_skipped > 0) {
    report_.counters().candidates_bad += description.candidates_skipped;
    report_.add({SessionErrorCode::bad_candidate, {}});
  }
  if (is_whole(description)) end(now, agent);
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
  auto candidate = !removed && is_paired ? read(message.init, agent) : std::nullopt;
  if (candidate && !candidate->name.empty()) {
    candidate = named_.remove(candidate->name, candidate->candidate);
    removed = candidate && !candidate->is_resolved();
    if (end_waits_) end(now, agent);
  }
  if (candidate && !removed) removed = agent.remove_remote_candidate(now, candidate->candidate);
  SessionCounters& counters = report_.counters();
  ++(removed ? counters.removals : counters.removals_ignored);
}

void PeerCandidates::add_line(Timestamp now, const CandidateInit& init, ice::Agent& agent) {
  const auto candidate = read(init, agent);
  if (!candidate) return;
  if (!candidate->name.empty()) return await_name(*candidate);
  add_candidate(now, candidate->candidate, init.candidate, agent);
}

void PeerCandidates::add_candidate(Timestamp now, const ice::Candidate& candidate,
                                   std::string_view line, ice::Agent& agent) {
  SessionCounters& counters = report_.counters();
  const ice::AddCandidateResult result = agent.add_remote_candidate(now, candidate);
  switch (result) {
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
      report_.skip(line, ice::to_text(result));
      return;
  }
}

void PeerCandidates::end_stream(Timestamp now, std::string_view mid, ice::Agent& agent) {
  if (const auto stream = stream_of(std::string(mid))) ended_streams_.set(*stream);
  if (ended_streams_.count() == mids_.stream_count()) end(now, agent);
}

void PeerCandidates::end(Timestamp now, ice::Agent& agent) {
  end_waits_ = named_.is_waiting();
  if (!end_waits_) agent.end_of_remote_candidates(now);
}

// Names -----------------------------------------------------------------------------------------

void PeerCandidates::await_name(const NamedCandidate& candidate) {
  if (named_.add(candidate)) return;
  ++report_.counters().host_names_ignored;
  report_.skip(candidate.line, "the peer has more candidates with names than are looked up");
}

void PeerCandidates::handle_name(Timestamp now, const NameResolved& answer, ice::Agent& agent) {
  SessionCounters& counters = report_.counters();
  while (const auto settled = named_.settle_next(answer)) {
    if (settled->is_resolved()) {
      ++counters.host_names_resolved;
      add_candidate(now, settled->candidate, settled->line, agent);
    } else {
      ++counters.host_names_ignored;
      report_.skip(settled->line, answer.error);
    }
  }
  if (end_waits_) end(now, agent);
}

// Reading ---------------------------------------------------------------------------------------

/// An agent of one stream takes whatever name the peer's stream has. The first one, since a peer of
/// several streams lists them in order: two of them must not fall onto one socket.
std::optional<ice::DataStreamId> PeerCandidates::stream_of(const std::string& mid) {
  if (mids_.stream_count() == 1 && peers_mid_ && *peers_mid_ != mid) return std::nullopt;
  const auto stream = mids_.stream_of(mid);
  if (stream) peers_mid_ = mid;
  return stream;
}

std::optional<NamedCandidate> PeerCandidates::read(const CandidateInit& init,
                                                   const ice::Agent& agent) {
  SessionCounters& counters = report_.counters();
  const auto line = ice::parse_candidate_line(init.candidate);
  if (!line) {
    ++counters.candidates_bad;
    report_.add({SessionErrorCode::bad_candidate, line.error()});
    return std::nullopt;
  }
  std::string_view reason = refuse(*line, agent);
  const auto stream = reason.empty() ? stream_of(init.sdp_mid) : std::nullopt;
  if (reason.empty() && !stream) {
    ++counters.candidates_refused;
    reason = "this agent has no stream of its sdpMid";
  }
  if (!reason.empty()) {
    report_.skip(init.candidate, reason);
    return std::nullopt;
  }
  NamedCandidate candidate{std::string(line->host_name), line->candidate, init.candidate};
  candidate.candidate.stream = *stream;
  return candidate;
}

std::string_view PeerCandidates::refuse(const ice::CandidateLine& line, const ice::Agent& agent) {
  SessionCounters& counters = report_.counters();
  const ice::CandidateObstacle obstacle = ice::obstacle_of(line);
  if (obstacle == ice::CandidateObstacle::transport) {
    ++counters.transports_ignored;
    return ice::to_text(obstacle);
  }
  if (obstacle == ice::CandidateObstacle::host_name) {
    const bool is_local = is_local_name(line.host_name);
    if (!is_local || !resolves_names_) ++counters.host_names_ignored;
    if (!is_local) return "its name is not of the local network: only LABEL.local is looked up";
    if (!resolves_names_) return ice::to_text(obstacle);
  }
  if (line.candidate.type == ice::CandidateType::peer_reflexive) {
    ++counters.peer_reflexive_ignored;
    return "a peer-reflexive candidate is not signalled";
  }
  // W3C: a line that names another generation than its message does not belong to it.
  const auto remote = agent.remote_credentials();
  if (!line.ufrag.empty() && remote && line.ufrag != remote->ufrag) {
    ++counters.dropped_old;
    return "it is of another generation";
  }
  return {};
}

}  // namespace floe::signal
