#include "counters_json.h"

#include "floe/json/writer.h"

namespace floe::gateway {
namespace {

void write_turn(json::Writer& out, const TurnCounters& counters) {
  const turn::ServerCounters& turn = counters.server;
  out.name("turnAllocationsOpen").unsigned_integer(counters.allocations);
  out.name("turnAllocations").unsigned_integer(turn.allocated);
  out.name("turnRefused").unsigned_integer(turn.refused);
  out.name("turnUnanswered").unsigned_integer(turn.unanswered);
  out.name("turnToPeers").unsigned_integer(turn.to_peers);
  out.name("turnToPeersBytes").unsigned_integer(turn.to_peers_bytes);
  out.name("turnToClients").unsigned_integer(turn.to_clients);
  out.name("turnToClientsBytes").unsigned_integer(turn.to_clients_bytes);
  out.name("turnInProcess").unsigned_integer(turn.in_process);
  out.name("turnMalformed").unsigned_integer(turn.malformed + turn.ignored);
  out.name("turnNoAllocation").unsigned_integer(turn.no_allocation);
  out.name("turnNoChannel").unsigned_integer(turn.no_channel);
  out.name("turnNoPermission").unsigned_integer(turn.no_permission);
  out.name("turnForbidden").unsigned_integer(turn.forbidden);
  out.name("turnTooLong").unsigned_integer(turn.too_long + turn.no_relay_of_family);
  out.name("turnDropped").unsigned_integer(counters.dropped);
  out.name("stunBindings").unsigned_integer(counters.bindings);
}

}  // namespace

std::string to_json(const WorkerCounters& all, const TunnelQuotas& quotas,
                    const signal::RoomCounters& rooms, std::size_t whip_sessions) {
  json::Writer out;
  out.begin_object();
  out.name("event").string("counters");
  out.name("tunnelSessions").unsigned_integer(all.tunnel.sessions);
  out.name("tunnelSessionsOpen").unsigned_integer(quotas.sessions.used());
  out.name("socketsOpen").unsigned_integer(quotas.sockets.used());
  out.name("datagramsOut").unsigned_integer(all.tunnel.datagrams_out);
  out.name("datagramsIn").unsigned_integer(all.tunnel.datagrams_in);
  out.name("datagramsDropped").unsigned_integer(all.tunnel.datagrams_dropped);
  out.name("tcpConnections").unsigned_integer(all.tunnel.tcp_connections);
  out.name("tcpBytesOut").unsigned_integer(all.tunnel.tcp_bytes_out);
  out.name("tcpBytesIn").unsigned_integer(all.tunnel.tcp_bytes_in);
  out.name("udpSent").unsigned_integer(all.udp.sent);
  out.name("udpReceived").unsigned_integer(all.udp.received);
  out.name("roomsJoined").unsigned_integer(rooms.joined);
  out.name("messagesRelayed").unsigned_integer(rooms.relayed);
  out.name("whipSessionsOpen").unsigned_integer(whip_sessions);
  if (all.turn) write_turn(out, *all.turn);
  out.end_object();
  return out.take();
}

}  // namespace floe::gateway
