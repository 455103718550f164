// What a session does with the peer's messages.
#include <algorithm>

#include "floe/signal/session.h"
#include "floe/types/decimal.h"

namespace floe::signal {
namespace {

/// What the agent has to know of the peer's "ice-options".
ice::IceOptions known_options(const std::vector<std::string>& tokens) {
  const auto has = [&](std::string_view token) {
    return std::ranges::find(tokens, token) != tokens.end();
  };
  return {has("ice2"), has("renomination")};
}

}  // namespace

using Verdict = Pairing::Verdict;
using Standing = Pairing::Standing;

void Session::receive(Timestamp now, const Message& message, ice::Agent& agent) {
  if (bye_) {
    ++counters_.ignored_after_bye;
    return;
  }
  std::visit([&](const auto& body) { handle(now, body, agent); }, message);
}

void Session::handle(Timestamp now, const Description& description, ice::Agent& agent) {
  switch (const Verdict verdict = pairing_.judge(description)) {
    case Verdict::pair:
      set_remote(now, description, agent);
      if (pairing_.owes_answer()) describe(agent);
      return;
    case Verdict::merge:
      ++counters_.descriptions_repeated;
      return take_candidates(now, description, agent);
    case Verdict::hold:
      ++counters_.descriptions_repeated;
      return hold_candidates(description);
    case Verdict::restart_and_pair:
    case Verdict::restart_and_wait:
      return answer_restart(now, description, verdict, agent);
    case Verdict::drop_old:
      ++counters_.dropped_old;
      return;
    case Verdict::reject_reused:
      return report({SessionErrorCode::credentials_reused, {}});
    case Verdict::reject_own:
      return report({SessionErrorCode::own_description, {}});
  }
}

void Session::answer_restart(Timestamp now, const Description& description, Verdict verdict,
                             ice::Agent& agent) {
  ++counters_.restarts_answered;
  agent.restart(now);
  pairing_.answer(agent.local_credentials().ufrag, description.credentials, verdict);
  announcement_.begin();
  describe(agent);
  if (verdict == Verdict::restart_and_pair) {
    set_remote(now, description, agent);
  } else {
    hold_candidates(description);
  }
}

void Session::set_remote(Timestamp now, const Description& description, ice::Agent& agent) {
  peer_is_lite_ = description.ice_lite;
  ended_streams_.reset();
  const ice::SessionDescription peer{description.credentials, description.ice_lite,
                                     known_options(description.ice_options)};
  if (!agent.set_remote_description(now, peer)) {
    return report({SessionErrorCode::agent_refused, {}});
  }
  // First the description's own, so that an end among those held comes last.
  take_candidates(now, description, agent);
  for (const CandidateMessage& held : held_.release(description.credentials.ufrag)) {
    handle(now, held, agent);
  }
}

void Session::take_candidates(Timestamp now, const Description& description, ice::Agent& agent) {
  for (const CandidateInit& init : description.candidates) add_candidate(now, init, agent);
  if (description.end_of_candidates) agent.end_of_remote_candidates(now);
}

void Session::hold_candidates(const Description& description) {
  const std::string& ufrag = description.credentials.ufrag;
  for (const CandidateInit& init : description.candidates) hold(CandidateMessage{ufrag, init});
  if (description.end_of_candidates) hold(CandidateMessage{ufrag, {}});
}

void Session::handle(Timestamp now, const CandidateMessage& message, ice::Agent& agent) {
  switch (pairing_.standing(message.ufrag)) {
    case Standing::current:
      if (message.init.candidate.empty()) return end_stream(now, message.init.sdp_mid, agent);
      return add_candidate(now, message.init, agent);
    case Standing::unknown:
      return hold(message);
    case Standing::old:
      ++counters_.dropped_old;
      return;
    case Standing::own:
      return report({SessionErrorCode::own_description, {}});
  }
}

void Session::handle(Timestamp now, const EndOfCandidates& message, ice::Agent& agent) {
  handle(now, CandidateMessage{message.ufrag, {{}, message.sdp_mid}}, agent);
}

void Session::handle(Timestamp now, const CandidateRemoved& message, ice::Agent& agent) {
  bool removed = held_.withdraw(message);
  if (!removed && pairing_.standing(message.ufrag) == Standing::current) {
    const auto candidate = read_candidate(message.init, agent);
    removed = candidate && agent.remove_remote_candidate(now, *candidate);
  }
  ++(removed ? counters_.removals : counters_.removals_ignored);
}

void Session::handle(Timestamp now, const RestartRequest&, ice::Agent& agent) {
  if (!pairing_.is_paired()) {
    ++counters_.restart_requests_ignored;
    return;
  }
  restart(now, agent);
}

void Session::handle(Timestamp now, const Bye& message, ice::Agent& agent) {
  bye_ = message;
  agent.close(now);
}

void Session::add_candidate(Timestamp now, const CandidateInit& init, ice::Agent& agent) {
  const auto candidate = read_candidate(init, agent);
  if (!candidate) return;
  switch (agent.add_remote_candidate(now, *candidate)) {
    case ice::AddCandidateResult::added:
      ++counters_.candidates_added;
      return;
    case ice::AddCandidateResult::duplicate:
      ++counters_.candidates_duplicate;
      return;
    case ice::AddCandidateResult::limit:
    case ice::AddCandidateResult::unknown_component:
    case ice::AddCandidateResult::unusable:
    case ice::AddCandidateResult::closed:
      ++counters_.candidates_refused;
      return;
  }
}

/// Nothing for candidates that this agent cannot use, each counted.
std::optional<ice::Candidate> Session::read_candidate(const CandidateInit& init,
                                                      const ice::Agent& agent) {
  const auto line = ice::parse_candidate_line(init.candidate);
  if (!line) {
    ++counters_.candidates_bad;
    report({SessionErrorCode::bad_candidate, line.error()});
    return std::nullopt;
  }
  switch (ice::obstacle_of(*line)) {
    case ice::CandidateObstacle::none:
      break;
    case ice::CandidateObstacle::transport:
      ++counters_.transports_ignored;
      return std::nullopt;
    case ice::CandidateObstacle::host_name:
      ++counters_.host_names_ignored;
      return std::nullopt;
  }
  if (line->candidate.type == ice::CandidateType::peer_reflexive) {
    ++counters_.peer_reflexive_ignored;
    return std::nullopt;
  }
  // W3C: a line that names another generation than its message does not belong to it.
  const auto remote = agent.remote_credentials();
  if (!line->ufrag.empty() && remote && line->ufrag != remote->ufrag) {
    ++counters_.dropped_old;
    return std::nullopt;
  }
  const auto stream = stream_of(init.sdp_mid, agent);
  if (!stream) {
    ++counters_.candidates_refused;
    return std::nullopt;
  }
  ice::Candidate candidate = line->candidate;
  candidate.stream = *stream;
  return candidate;
}

/// The first stream has the name that this side gave it, the others their numbers; an agent of one
/// stream takes every name for it.
std::optional<ice::DataStreamId> Session::stream_of(std::string_view mid,
                                                    const ice::Agent& agent) const {
  const std::uint8_t streams = agent.config().streams;
  if (streams == 1 || mid == announcement_.options().sdp_mid) return ice::DataStreamId{0};
  for (std::uint8_t stream = 1; stream < streams; ++stream) {
    if (mid == to_decimal(stream)) return stream;
  }
  return std::nullopt;
}

void Session::end_stream(Timestamp now, std::string_view mid, ice::Agent& agent) {
  if (const auto stream = stream_of(mid, agent)) ended_streams_.set(*stream);
  if (ended_streams_.count() == agent.config().streams) agent.end_of_remote_candidates(now);
}

void Session::hold(CandidateMessage message) {
  ++counters_.held;
  if (!held_.hold(std::move(message))) ++counters_.held_evicted;
}

}  // namespace floe::signal
