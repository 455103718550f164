#include "leased_lookup.h"

namespace floe::gateway {

LeasedLookup::LeasedLookup(const Lease& lease, tunnel::LookupId id, tunnel::LookupFamily family,
                           std::string_view name)
    : lease_(lease), id_(id), family_(family), name_(name) {
  resolution_ = lease.resources.host.resolver().resolve_name(name, *this);
}

void LeasedLookup::on_resolved(const std::vector<IpAddress>& addresses, std::string_view) {
  lease_.resources.policy.turn_destinations().learn(name_, addresses);
  const std::vector<IpAddress> told = admitted(addresses);
  lease_.session.lookups().handle_resolved(id_, status(!addresses.empty(), !told.empty()), told);
  is_over_ = true;
  lease_.end_turn.request();
}

std::vector<IpAddress> LeasedLookup::admitted(const std::vector<IpAddress>& addresses) const {
  AddressPolicy& policy = lease_.resources.policy;
  const bool is_turn_server = policy.turn_destinations().has_name(name_);
  std::vector<IpAddress> admitted;
  for (const IpAddress& ip : addresses) {
    const auto family = ip.is_ipv4() ? tunnel::LookupFamily::ipv4 : tunnel::LookupFamily::ipv6;
    const bool is_asked_for = family_ == tunnel::LookupFamily::any || family_ == family;
    if (is_asked_for && (is_turn_server || policy.admits(ip))) admitted.push_back(ip);
  }
  return admitted;
}

tunnel::LookupStatus LeasedLookup::status(bool has_any, bool has_admitted) const {
  if (has_admitted) return tunnel::LookupStatus::found;
  if (has_any) return tunnel::LookupStatus::filtered;
  return resolution_->is_unknown() ? tunnel::LookupStatus::no_such_name
                                   : tunnel::LookupStatus::failed;
}

}  // namespace floe::gateway
