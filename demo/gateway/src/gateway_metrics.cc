#include "gateway_metrics.h"

#include <array>

#include "metric_page.h"
#include "process_metrics.h"

namespace floe::gateway {
namespace {

struct DropLabels {
  const char* direction;
  const char* reason;
};

/// In the order of tunnel::DropReason, whose first number is 1.
constexpr std::array<DropLabels, tunnel::kDropReasonCount> kDropLabels{{
    {"out", "denied"},
    {"out", "no_consent"},
    {"out", "over_rate"},
    {"out", "no_socket"},
    {"out", "no_peer"},
    {"out", "too_large"},
    {"out", "refused"},
    {"out", "host_full"},
    {"out", "queue_full"},
    {"out", "too_old"},
    {"in", "denied"},
    {"in", "no_consent"},
    {"in", "over_rate"},
    {"in", "too_large"},
    {"in", "queue_full"},
    {"in", "too_old"},
    {"in", "no_socket"},
}};

template <class Count>
double number(Count count) {
  return static_cast<double>(count);
}

MetricPage::Labels direction(const char* which) {
  return {{"direction", which}};
}

}  // namespace

std::string GatewayMetrics::text() const {
  MetricPage page;
  const WorkerCounters all = sources_.workers();
  add_gateway(page, all);
  add_quotas(page, all);
  add_http(page, all);
  add_tunnel(page, all);
  add_rooms(page);
  if (sources_.tls != nullptr) add_tls(page);
  if (all.turn) add_turn(page, all);
  add_process_metrics(page);
  return page.text();
}

void GatewayMetrics::add_gateway(MetricPage& page, const WorkerCounters& all) const {
  const GatewayState& state = sources_.state;
  page.gauge("floe_build_info", "The version that runs, as a label", 1,
             {{"version", FLOE_VERSION}});
  page.gauge("floe_ready", "1 while clients are admitted", state.phase == Phase::ready ? 1 : 0);
  page.gauge("floe_draining", "1 after the signal to stop", state.phase == Phase::draining ? 1 : 0);
  const std::string help = "Times that the configuration was read again";
  page.counter("floe_config_reloads_total", help, number(state.reloads), {{"outcome", "success"}});
  page.counter("floe_config_reloads_total", help, number(state.failed_reloads),
               {{"outcome", "failure"}});
  page.counter("floe_refusals_total", "Requests that were refused; the log has a line for most",
               number(all.refusals));
}

void GatewayMetrics::add_quotas(MetricPage& page, const WorkerCounters& all) const {
  const auto add = [&](const char* quota, std::size_t used, std::size_t limit) {
    page.gauge("floe_quota_used", "What is in use of each quota", number(used), {{"quota", quota}});
    page.gauge("floe_quota_limit", "What each quota allows", number(limit), {{"quota", quota}});
  };
  add("sessions", sources_.quotas.sessions.used(), sources_.quotas.sessions.limit());
  add("sockets", sources_.quotas.sockets.used(), sources_.quotas.sockets.limit());
  if (all.turn) add("allocations", all.turn->allocations, all.turn->allocations_max);
}

void GatewayMetrics::add_http(MetricPage& page, const WorkerCounters& all) const {
  const native::HttpStatistics& http = all.http;
  page.gauge("floe_http_connections", "Connections to the public port",
             number(all.http_connections));
  page.counter("floe_http_connections_total", "Connections that were accepted",
               number(http.connections));
  page.counter("floe_http_connections_displaced_total",
               "Connections that were closed for others: too many strangers",
               number(http.displaced));
  page.counter("floe_http_requests_total", "Requests that were answered without a WebSocket",
               number(http.requests));
  page.counter("floe_http_errors_total", "Requests that were answered with 400 or more",
               number(http.errors));
}

void GatewayMetrics::add_tls(MetricPage& page) const {
  const native::TlsStatistics tls = sources_.tls->statistics();
  const std::string help = "Handshakes of TLS; refused are connections beyond the limits";
  const auto add = [&](const char* outcome, std::uint64_t count) {
    page.counter("floe_tls_handshakes_total", help, number(count), {{"outcome", outcome}});
  };
  add("success", tls.handshakes);
  add("failure", tls.failed);
  add("refused", tls.refused);
}

void GatewayMetrics::add_tunnel(MetricPage& page, const WorkerCounters& all) const {
  const TunnelCounters& counters = all.tunnel;
  page.gauge("floe_tunnel_sessions", "Tunnels that are open",
             number(sources_.quotas.sessions.used()));
  for (std::size_t i = 0; i < all.tunnels.size(); ++i) {
    page.gauge("floe_worker_tunnels", "Tunnels of each worker, strangers included",
               number(all.tunnels[i]), {{"worker", std::to_string(i)}});
  }
  page.counter("floe_tunnel_sessions_total", "Tunnels that were opened", number(counters.sessions));
  page.gauge("floe_tunnel_sockets", "Sockets of clients that are open",
             number(sources_.quotas.sockets.used()));
  const std::string relayed = "Datagrams of tunnels that were relayed";
  page.counter("floe_tunnel_datagrams_total", relayed, number(counters.datagrams_out),
               direction("out"));
  page.counter("floe_tunnel_datagrams_total", relayed, number(counters.datagrams_in),
               direction("in"));
  for (std::size_t i = 0; i < kDropLabels.size(); ++i) {
    page.counter("floe_tunnel_datagrams_dropped_total", "Datagrams of tunnels that went nowhere",
                 number(counters.dropped_by_reason[i]),
                 {{"direction", kDropLabels[i].direction}, {"reason", kDropLabels[i].reason}});
  }
  page.counter("floe_tunnel_tcp_connections_total", "TCP connections of tunnels",
               number(counters.tcp_connections));
  const std::string bytes = "Bytes of these connections";
  page.counter("floe_tunnel_tcp_bytes_total", bytes, number(counters.tcp_bytes_out),
               direction("out"));
  page.counter("floe_tunnel_tcp_bytes_total", bytes, number(counters.tcp_bytes_in),
               direction("in"));
  const native::UdpStatistics& udp = all.udp;
  const std::string help = "Datagrams of all UDP sockets";
  page.counter("floe_udp_datagrams_total", help, number(udp.sent), direction("out"));
  page.counter("floe_udp_datagrams_total", help, number(udp.received), direction("in"));
  const std::string lost = "Datagrams that the system did not take, or that waited for too long";
  page.counter("floe_udp_datagrams_dropped_total", lost, number(udp.dropped),
               {{"reason", "queue_full"}});
  page.counter("floe_udp_datagrams_dropped_total", lost, number(udp.failed),
               {{"reason", "failed"}});
  page.counter("floe_udp_datagrams_dropped_total", lost, number(udp.stale), {{"reason", "stale"}});
}

void GatewayMetrics::add_rooms(MetricPage& page) const {
  const signal::RoomCounters& rooms = sources_.rooms.counters();
  page.gauge("floe_room_connections", "Connections of rooms",
             number(sources_.rooms.connection_count()));
  page.counter("floe_room_joins_total", "Members that joined a room", number(rooms.joined));
  page.counter("floe_room_messages_total", "Messages that were relayed", number(rooms.relayed));
  page.counter("floe_room_messages_bad_total", "Messages that could not be read",
               number(rooms.bad_messages));
  page.gauge("floe_whip_sessions", "Sessions of WHIP", number(sources_.whip.session_count()));
}

void GatewayMetrics::add_turn(MetricPage& page, const WorkerCounters& all) const {
  const turn::ServerCounters& counters = all.turn->server;
  page.gauge("floe_turn_allocations", "Allocations that are there", number(all.turn->allocations));
  page.counter("floe_turn_allocations_total", "Allocations that were made",
               number(counters.allocated));
  page.counter("floe_turn_refused_total", "Requests that were refused, challenges included",
               number(counters.refused));
  const std::string datagrams = "Datagrams that were relayed; out is to peers";
  page.counter("floe_turn_datagrams_total", datagrams, number(counters.to_peers), direction("out"));
  page.counter("floe_turn_datagrams_total", datagrams, number(counters.to_clients),
               direction("in"));
  const std::string bytes = "Bytes in these datagrams";
  page.counter("floe_turn_bytes_total", bytes, number(counters.to_peers_bytes), direction("out"));
  page.counter("floe_turn_bytes_total", bytes, number(counters.to_clients_bytes), direction("in"));
  const auto dropped = [&](const char* reason, std::uint64_t count) {
    page.counter("floe_turn_dropped_total", "Messages and datagrams that went nowhere",
                 number(count), {{"reason", reason}});
  };
  dropped("malformed", counters.malformed);
  dropped("ignored", counters.ignored);
  dropped("over_rate", counters.unanswered);
  dropped("no_allocation", counters.no_allocation);
  dropped("no_channel", counters.no_channel);
  dropped("no_permission", counters.no_permission);
  dropped("denied", counters.forbidden);
  dropped("too_long", counters.too_long);
  dropped("no_relay_of_family", counters.no_relay_of_family);
  dropped("client_gone", all.turn->dropped);
  page.counter("floe_stun_bindings_total", "Binding requests that were answered",
               number(all.turn->bindings));
}

}  // namespace floe::gateway
