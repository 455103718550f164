// What an application calls of an agent, exported from a shared library: its size is that of ICE
// and STUN. MACs, sockets and the C++ library are somebody else's, so they are not in it.
#include "floe/ice/agent.h"
#include "floe/ice/candidate_grammar.h"

#define FLOE_VERB __attribute__((visibility("default"), used))

namespace floe::bench {

FLOE_VERB ice::Agent* create(const ice::AgentConfig& config, RandomSource& random, Crypto& crypto) {
  return new ice::Agent(config, random, crypto);
}

FLOE_VERB void destroy(ice::Agent* agent) {
  delete agent;
}

FLOE_VERB void set_up(ice::Agent& agent, Timestamp now, const TransportAddress& base) {
  agent.start_gathering(now);
  agent.add_local_socket(now, 1, base, 65535);
  agent.end_of_local_sockets(now);
}

FLOE_VERB void remove(ice::Agent& agent, Timestamp now, const TransportAddress& base) {
  agent.remove_local_socket(now, base);
}

FLOE_VERB bool describe(ice::Agent& agent, Timestamp now,
                        const ice::SessionDescription& description) {
  return agent.set_remote_description(now, description);
}

FLOE_VERB bool add_candidate(ice::Agent& agent, Timestamp now, std::string_view line) {
  const auto parsed = ice::parse_candidate_line(line);
  return parsed &&
         agent.add_remote_candidate(now, parsed->candidate) == ice::AddCandidateResult::added;
}

FLOE_VERB std::string candidate_line(const ice::Candidate& candidate) {
  return ice::write_candidate_line(candidate);
}

FLOE_VERB void end_candidates(ice::Agent& agent, Timestamp now) {
  agent.end_of_remote_candidates(now);
}

FLOE_VERB void datagram(ice::Agent& agent, Timestamp now, const TransportAddress& local,
                        const TransportAddress& remote, Bytes payload) {
  agent.handle_datagram(now, local, remote, payload);
}

FLOE_VERB void deadline_passed(ice::Agent& agent, Timestamp now) {
  agent.handle_timeout(now);
}

FLOE_VERB bool send(ice::Agent& agent, Timestamp now, Bytes payload) {
  return static_cast<bool>(agent.send(now, 1, payload));
}

FLOE_VERB void restart(ice::Agent& agent, Timestamp now) {
  agent.restart(now);
}

FLOE_VERB void close(ice::Agent& agent, Timestamp now) {
  agent.close(now);
}

FLOE_VERB std::optional<ice::Output> poll(ice::Agent& agent) {
  return agent.poll_output();
}

FLOE_VERB Timestamp deadline(const ice::Agent& agent) {
  return agent.deadline();
}

FLOE_VERB std::optional<ice::SelectedPair> selected_pair(const ice::Agent& agent) {
  return agent.selected_pair(1);
}

}  // namespace floe::bench
