#include "tunnel_service.h"

#include <algorithm>

#include "tunnel_connection.h"

namespace floe::gateway {
namespace {

/// What comes next needs a moment to start.
constexpr Duration kReconnectNotBefore = std::chrono::seconds(1);

}  // namespace

TunnelService::TunnelService(native::SystemHost& host, native::UdpSocketSource& udp,
                             const GatewayOptions& options, Shared& shared, AddressPolicy& policy,
                             rooms::RefusalLog& refusals, native::Strangers& strangers)
    : resources_{.host = host,
                 .udp = udp,
                 .shared = shared,
                 .policy = policy,
                 .consent = options.consent,
                 .refusals = refusals,
                 .addresses = {options.bind, options.addresses.external},
                 .ports = options.addresses.ports,
                 .names = {},
                 .strangers = strangers} {}

TunnelService::~TunnelService() = default;

std::uint16_t TunnelService::admit(const native::UpgradeRequest& request) {
  if (request.path != "/tunnel") return kNotFound;
  if (draining_) return kUnavailable;
  const Timestamp now = resources_.host.loop().now();
  if (!resources_.shared.access_control.admits_origin(request)) {
    resources_.refusals.add(now, rooms::AccessControl::refusal_of(request));
    return kForbidden;
  }
  if (rooms::AccessControl::has_token_in_query(request.query)) {
    resources_.refusals.add(now, "refused " + request.peer.to_text() +
                                     " a tunnel: its token is in the URL, which logs keep; it "
                                     "belongs into HELLO");
    return kForbidden;
  }
  const Quota& sessions = resources_.shared.quotas.sessions;
  if (sessions.used() < sessions.limit()) return kAdmitted;
  resources_.refusals.add(now, "refused " + request.peer.to_text() + " a tunnel: all " +
                                   std::to_string(sessions.limit()) +
                                   " of --sessions-max are in use");
  return kUnavailable;
}

MessageChannelListener* TunnelService::accept(std::unique_ptr<native::WebSocketChannel> channel,
                                              const native::UpgradeRequest& request) {
  connections_.push_back(
      std::make_unique<TunnelConnection>(*this, resources_, std::move(channel), request));
  connection_count_ = connections_.size();
  return connections_.back().get();
}

void TunnelService::forget(TunnelConnection& connection) {
  const auto place = std::ranges::find_if(
      connections_, [&](const auto& owned) { return owned.get() == &connection; });
  ended_.add(connection.stats());
  std::shared_ptr<TunnelConnection> last = std::move(*place);
  connections_.erase(place);
  connection_count_ = connections_.size();
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

TunnelCounters TunnelService::counters() const {
  TunnelCounters sum = ended_;
  for (const auto& connection : connections_) sum.add(connection->stats());
  return sum;
}

}  // namespace floe::gateway
