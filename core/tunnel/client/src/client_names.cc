// The part of Client about names that the gateway resolves.
#include "floe/tunnel/client/client.h"

namespace floe::tunnel {
namespace {

constexpr std::string_view kNotAName = "not a host name";
constexpr std::string_view kUnsupported =
    "the gateway resolves no names; name the server by its address";
constexpr std::string_view kClosed = "the connection to the gateway is closed";
constexpr std::string_view kLate = "the gateway gave no answer within 5 seconds";

std::string_view error_of(LookupStatus status) {
  switch (status) {
    case LookupStatus::found:
      return "it has no address";
    case LookupStatus::no_such_name:
      return "no such host name";
    case LookupStatus::filtered:
      return "the gateway's policy closes all its addresses";
    case LookupStatus::failed:
      return "the gateway got no answer";
  }
  return "?";
}

}  // namespace

std::unique_ptr<Resolution> Client::resolve(std::string_view host_name, ResolveListener& listener) {
  auto lookup = std::make_unique<ClientLookup>(lookups_, host_name, listener);
  lookups_.add_waiting(*lookup, is_ready() ? clock_.now() + kLookupPatience : kNever);
  want_flush();
  return lookup;
}

void Client::ask_waiting() {
  if (state_ == State::closed) return fail_lookups(kClosed);
  if (state_ != State::ready) return;
  if (!welcome_.capabilities.has(Capability::resolve)) return fail_lookups(kUnsupported);
  const std::weak_ptr<char> life = life_;
  while (lookups_.has_waiting()) {
    if (!lookups_.next().has_host_name()) {
      lookups_.take_next()->answer({}, kNotAName);
      if (life.expired()) return;
      continue;
    }
    const ClientLookup& lookup = lookups_.next();
    const auto id = lookups_.assign_next();
    if (!id) return;  // until one of those under way is answered
    sender_.control(Resolve{*id, LookupFamily::any, lookup.name()});
  }
}

void Client::take(Timestamp, const Resolved& resolved) {
  ClientLookup* lookup = lookups_.release(resolved.lookup);
  if (lookups_.has_waiting()) want_flush();
  if (lookup == nullptr) return;
  std::vector<IpAddress> addresses;
  for (ResolvedAddresses list = resolved.addresses; const auto ip = list.next();) {
    addresses.push_back(*ip);
  }
  lookup->answer(addresses, addresses.empty() ? error_of(resolved.status) : std::string_view());
}

void Client::refuse_lookup(LookupId id, std::string_view why) {
  ClientLookup* lookup = lookups_.release(id);
  if (lookups_.has_waiting()) want_flush();
  if (lookup != nullptr) lookup->answer({}, why);
}

void Client::end_late_lookups(Timestamp now) {
  const std::weak_ptr<char> life = life_;
  while (ClientLookup* lookup = lookups_.take_late(now)) {
    lookup->answer({}, kLate);
    if (life.expired()) return;
  }
}

void Client::fail_lookups(std::string_view why) {
  const std::weak_ptr<char> life = life_;
  // Counted, so that a listener who asks again at once does not keep us here.
  for (std::size_t left = lookups_.size(); left > 0; --left) {
    ClientLookup* lookup = lookups_.take_any();
    if (lookup == nullptr) return;
    lookup->answer({}, why);
    if (life.expired()) return;
  }
}

}  // namespace floe::tunnel
