#include "floe/ice/explanation.h"

#include <algorithm>
#include <array>
#include <functional>

#include "floe/types/decimal.h"
#include "floe/types/text.h"
#include "stun_gatherer.h"
#include "turn_clients.h"
#include "turn_explanation.h"

namespace floe::ice {
namespace {

/// The results of the checks in the current generation.
struct Tally {
  explicit Tally(const Agent& agent);

  std::size_t of(PairFailure why) const { return failures[static_cast<std::size_t>(why)]; }

  std::size_t pairs = 0;
  std::size_t heard = 0;  ///< pairs on which messages of the peer came
  std::array<std::size_t, 10> failures{};
  std::uint16_t error_code = 0;
};

Tally::Tally(const Agent& agent) {
  for (const CandidatePair& pair : agent.pairs()) {
    ++pairs;
    heard += pair.heard ? 1u : 0u;
    ++failures[static_cast<std::size_t>(pair.failure)];
    if (pair.failure == PairFailure::refused) error_code = pair.error_code;
  }
}

bool has_family(const List<Candidate>& candidates, Family family) {
  return std::ranges::any_of(candidates, [&](const Candidate& candidate) {
    return candidate.address.ip.family() == family;
  });
}

bool has_type(const List<Candidate>& candidates, CandidateType type) {
  return std::ranges::find(candidates, type, &Candidate::type) != candidates.end();
}

std::string_view families_of(const List<Candidate>& candidates) {
  const bool v4 = has_family(candidates, Family::ipv4);
  const bool v6 = has_family(candidates, Family::ipv6);
  return v4 && v6 ? "IPv4 and IPv6" : v4 ? "IPv4 only" : "IPv6 only";
}

const TurnFailure* relay_failure(const Agent& agent) {
  return agent.turn_clients().last_failure();
}

std::string explain_no_local(const Agent& agent) {
  if (agent.config().policy == CandidatePolicy::relay) {
    if (const auto* failure = relay_failure(agent)) return explain_failure(*failure);
    return "Only relayed candidates are allowed, and no TURN server gave one: check the TURN "
           "servers, or allow all candidates.";
  }
  return "This host offered no address: no network is up, or it has link-local addresses alone "
         "(169.254.0.0/16, fe80::/10), which only an application that binds them may use; or the "
         "filters exclude every interface, or no port of the range could be bound.";
}

/// Advice on how to get through the NATs.
std::string advice(const Agent& agent) {
  const auto local = agent.local_candidates();
  const auto remote = agent.remote_candidates();
  if (has_type(local, CandidateType::relayed) || has_type(remote, CandidateType::relayed)) {
    return "Even the relayed pairs got no answer: check the relay's firewall, and whether the peer "
           "still runs.";
  }
  if (const auto* failure = relay_failure(agent)) return explain_failure(*failure);
  const StunGatherer& gatherer = agent.gatherer();
  if (gatherer.server_count() > 0 && !gatherer.has_answers() && gatherer.was_heard()) {
    return "The STUN servers are reached, but give no answer that can be used: configure another "
           "one (each said why when it failed), or a TURN server.";
  }
  if (gatherer.server_count() > 0 && !gatherer.has_answers()) {
    return "The STUN servers did not answer either, so this network probably blocks UDP: configure "
           "a TURN server over TCP or TLS.";
  }
  if (gatherer.server_count() == 0 && !has_type(remote, CandidateType::server_reflexive)) {
    return "No STUN server is configured here, and the peer sent no address from one: configure a "
           "STUN server on both sides.";
  }
  return "The NATs or firewalls between these networks allow no direct path: configure a TURN "
         "server.";
}

std::string explain_disconnected(const Agent& agent) {
  if (agent.local_candidates().empty()) {
    return "This host lost the network that the connection used, and waits for another one.";
  }
  return "The peer does not answer at the moment.";
}

std::string explain_failed(const Agent& agent) {
  const Tally tally(agent);
  if (agent.known_local_candidates().empty()) return explain_no_local(agent);
  if (agent.known_remote_candidates().empty()) {
    return "The peer sent no usable candidate: check the peer's description, and whether its "
           "candidates arrive.";
  }
  if (tally.pairs == 0) {
    return concat({"No candidate of this host fits a candidate of the peer: this host has ",
                   families_of(agent.local_candidates()), ", the peer has ",
                   families_of(agent.remote_candidates()),
                   ". Use a TURN server with IPv4 and IPv6."});
  }
  if (tally.of(PairFailure::silent) > 0) {
    return "The connection worked, and then the peer did not answer for 30 s: the peer is gone, or "
           "its network changed. If it still runs, an ICE restart can find a new path.";
  }
  if (tally.of(PairFailure::socket_gone) > 0) {
    return "This host lost the network that the connection used, and no other path works: do an "
           "ICE restart when there is a network again.";
  }
  if (tally.of(PairFailure::refused) > 0) {
    return concat({"The peer refused the checks with error ", to_decimal(tally.error_code),
                   ": the two sides do not agree on credentials or roles; do an ICE restart and "
                   "exchange descriptions again."});
  }
  if (tally.of(PairFailure::asymmetric) > 0) {
    return "Answers came from or to other addresses than expected, so a device on the path "
           "rewrites addresses (RFC 8445, section 7.2.5.2.1): use a TURN server.";
  }
  const std::string what =
      tally.pairs == 1 ? "The only pair of candidates got no answer. "
                       : concat({"None of ", to_decimal(tally.pairs), " pairs got an answer. "});
  const std::string_view strange = explain_strange_messages(agent);
  if (!strange.empty()) return concat({what, strange});
  if (tally.heard > 0) {
    return concat({what,
                   "The peer's checks do arrive here, so what this host sends is lost: look for an "
                   "outgoing firewall."});
  }
  return concat({what, advice(agent)});
}

std::string describe(const Candidate& candidate) {
  return concat({to_text(candidate.type), " ", candidate.address.to_text()});
}

}  // namespace

std::string_view explain_strange_messages(const Agent& agent) {
  const AgentCounters& counters = agent.counters();
  if (counters.unauthenticated_messages == 0 || counters.checks_received > 0) return {};
  return "Messages of ICE do arrive here, and not by the credentials of the two descriptions: one "
         "of "
         "these is old, or was changed on the way. See who carries the signalling messages.";
}

std::string explain(const Agent& agent) {
  switch (agent.state()) {
    case State::fresh:
      if (!agent.remote_credentials()) return "The peer's description has not come yet.";
      if (agent.gathering_state() != GatheringState::fresh &&
          agent.known_local_candidates().empty()) {
        return explain_no_local(agent);
      }
      return "There is no pair of candidates to check yet.";
    case State::checking:
      return "Pairs are being checked; none works yet.";
    case State::connected:
    case State::completed:
      return "Connected.";
    case State::disconnected:
      return explain_disconnected(agent);
    case State::failed:
      return explain_failed(agent);
    case State::closed:
      return "The agent was closed.";
  }
  return "?";
}

std::string explain(const Agent& agent, State state) {
  if (agent.state() != state) return {};
  if (state == State::disconnected) return explain_disconnected(agent);
  return state == State::failed ? explain_failed(agent) : std::string();
}

std::vector<std::string> explain_pairs(const Agent& agent) {
  const auto& local = agent.known_local_candidates();
  const auto& remote = agent.known_remote_candidates();
  List<const CandidatePair*> order;
  for (const CandidatePair& pair : agent.pairs()) order.push_back(&pair);
  std::ranges::stable_sort(order, std::greater<>(), &CandidatePair::priority);
  std::vector<std::string> lines;
  for (const CandidatePair* pair : order) {
    const LocalIndex ours = pair->valid_local.value_or(pair->local);
    std::string line = concat({describe(local[ours.value()]), " to ",
                               describe(remote[pair->remote.value()]), ": ", to_text(pair->state)});
    if (pair->nomination.is_nominated()) line += ", nominated";
    if (pair->failure != PairFailure::none) {
      append(line, {" (", to_text(pair->failure)});
      if (pair->failure == PairFailure::refused) append(line, {" ", to_decimal(pair->error_code)});
      if (pair->failure == PairFailure::timed_out) {
        append(line, {" to ", to_decimal(pair->statistics.requests_sent), " requests"});
      }
      line += ")";
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace floe::ice
