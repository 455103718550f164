#include "floe/c/counters.h"

#include "agent_object.h"

namespace floe::c {

void AgentObject::count(floe_counters& out) const {
  const ice::AgentCounters& agent = agent_.counters();
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
  out.signals_received = signals_received_;
  out.signals_bad = signals_bad_;
  out.signals_of_unknown_type = signals_unknown_;
  const signal::SessionCounters& session = session_.counters();
  out.candidates_ignored = session.candidates_refused + session.host_names_ignored +
                           session.transports_ignored + session.peer_reflexive_ignored;
  out.errors_dropped = errors_dropped_ + session.errors_dropped;
}

}  // namespace floe::c
