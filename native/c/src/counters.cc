#include "counters.h"

namespace floe::c {

void count(const ice::AgentCounters& agent, floe_counters& out) {
  out.datagrams_sent = agent.datagrams_sent;
  out.datagrams_received = agent.datagrams_received;
  out.bytes_sent = agent.bytes_sent;
  out.bytes_received = agent.bytes_received;
  out.data_sent = agent.data_sent;
  out.data_received = agent.data_received;
  out.data_from_strangers = agent.data_from_strangers;
  out.checks_sent = agent.checks_sent;
  out.checks_received = agent.checks_received;
  out.malformed_messages = agent.malformed_messages;
  out.unauthenticated_messages = agent.unauthenticated_messages;
  out.not_sent_queue_full = agent.not_sent.queue_full;
  out.not_sent_too_big = agent.not_sent.too_large;
  out.not_sent_refused = agent.not_sent.refused;
}

void count(const signal::SessionCounters& session, floe_counters& out) {
  out.candidates_ignored = session.candidates_refused + session.host_names_ignored +
                           session.transports_ignored + session.peer_reflexive_ignored;
  out.errors_dropped = session.errors_dropped;
}

}  // namespace floe::c
