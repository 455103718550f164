#include "tunnel_service.h"

#include <algorithm>

#include "tunnel_connection.h"

namespace floe::gateway {
namespace {

/// What comes next needs a moment to start.
constexpr Duration kReconnectNotBefore = std::chrono::seconds(1);

void add(TunnelCounters& sum, const tunnel::SessionStats& stats) {
  sum.datagrams_out += stats.datagrams_out;
  sum.datagrams_in += stats.datagrams_in;
  sum.datagrams_dropped += stats.datagrams_dropped;
  stats.dropped.for_each([&](tunnel::DropReason reason, std::uint32_t count) {
    sum.dropped_by_reason[static_cast<std::size_t>(reason) - 1] += count;
  });
  sum.tcp_connections += stats.connections;
  sum.tcp_bytes_out += stats.tcp_bytes_out;
  sum.tcp_bytes_in += stats.tcp_bytes_in;
}

}  // namespace

TunnelService::TunnelService(native::SystemHost& host, native::UdpSocketSource& udp,
                             const GatewayOptions& options, rooms::AccessControl& access_control,
                             AddressPolicy& policy, rooms::RefusalLog& refusals,
                             rooms::Strangers& strangers)
    : audit_(host.api().crypto, host.api().random, options.admission.audit_full),
      is_audited_(!options.admission.audit_file.empty()),
      resources_{.host = host,
                 .udp = udp,
                 .access_control = access_control,
                 .policy = policy,
                 .consent = options.consent,
                 .refusals = refusals,
                 .addresses = {options.bind, options.addresses.external},
                 .ports = options.addresses.ports,
                 .names = {},
                 .audit = audit_,
                 .strangers = strangers,
                 .sessions = Quota(options.sessions_max),
                 .network_sessions_max = options.admission.sessions_per_network_max,
                 .subject_sessions_max = options.admission.sessions_per_subject_max,
                 .sockets = Quota(options.sockets_max)} {
  if (is_audited_) audit_.open(options.admission.audit_file);
}

TunnelService::~TunnelService() = default;

std::uint16_t TunnelService::admit(const native::UpgradeRequest& request) {
  if (request.path != "/tunnel") return kNotFound;
  if (draining_) return kUnavailable;
  const Timestamp now = resources_.host.loop().now();
  if (!resources_.access_control.admits_origin(request)) {
    resources_.refusals.add(now, rooms::AccessControl::refusal_of(request));
    return kForbidden;
  }
  if (rooms::AccessControl::has_token_in_query(request.query)) {
    resources_.refusals.add(now, "refused " + request.peer.to_text() +
                                     " a tunnel: its token is in the URL, which logs keep; it "
                                     "belongs into HELLO");
    return kForbidden;
  }
  if (resources_.sessions.used() < resources_.sessions.limit()) return kAdmitted;
  resources_.refusals.add(now, "refused " + request.peer.to_text() + " a tunnel: all " +
                                   std::to_string(resources_.sessions.limit()) +
                                   " of --sessions-max are in use");
  return kUnavailable;
}

MessageChannelListener* TunnelService::accept(std::unique_ptr<native::WebSocketChannel> channel,
                                              const native::UpgradeRequest& request) {
  connections_.push_back(
      std::make_unique<TunnelConnection>(*this, resources_, std::move(channel), request));
  return connections_.back().get();
}

void TunnelService::forget(TunnelConnection& connection) {
  const auto place = std::ranges::find_if(
      connections_, [&](const auto& owned) { return owned.get() == &connection; });
  add(ended_, connection.stats());
  std::shared_ptr<TunnelConnection> last = std::move(*place);
  connections_.erase(place);
  resources_.host.loop().post([last] {});
}

void TunnelService::drain(Duration spread) {
  draining_ = true;
  RandomSource& random = resources_.host.api().random;
  const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(spread).count() + 1;
  for (const auto& connection : connections_) {
    const auto moment = random.below(static_cast<std::uint32_t>(most));
    connection->go_away(kReconnectNotBefore + std::chrono::milliseconds(moment));
  }
}

void TunnelService::reload(const GatewayOptions& options) {
  resources_.sessions.set_limit(options.sessions_max);
  resources_.sockets.set_limit(options.sockets_max);
}

TunnelCounters TunnelService::counters() const {
  TunnelCounters sum = ended_;
  for (const auto& connection : connections_) add(sum, connection->stats());
  return sum;
}

}  // namespace floe::gateway
