#include "client_lookups.h"

#include <algorithm>

#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {
namespace {

constexpr std::string_view kNotAName = "not a host name";
constexpr std::string_view kNoAnswerToLookup = "the gateway gave no answer within 5 seconds";

std::string_view error_of(LookupStatus status) {
  switch (status) {
    case LookupStatus::found:
      return "the host name has no address";
    case LookupStatus::no_such_name:
      return "no such host name";
    case LookupStatus::filtered:
      return "the gateway's policy denies all addresses of this name";
    case LookupStatus::failed:
      return "the gateway got no answer";
  }
  return "?";
}

/// Anything but letters, digits, '-', '_' and '.' would break the protocol.
bool is_host_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameSize && is_name_text(name);
}

}  // namespace

void ClientLookups::handle_welcome(Timestamp now) {
  for (const auto& lookup : lookups_) lookup->deadline = now + kLookupPatience;
}

LookupHandle ClientLookups::add(std::string_view name, Timestamp deadline) {
  const LookupHandle handle{++last_handle_};
  lookups_.push_back(std::make_unique<Lookup>(Lookup{handle, std::string(name), deadline}));
  uplink_.want_flush();
  return handle;
}

void ClientLookups::take_back(LookupHandle handle) {
  const auto place = place_of(lookups_, handle);
  if (place == lookups_.end()) return;
  ids_.disown((*place)->id.value());
  lookups_.erase(place);
}

void ClientLookups::ask_waiting() {
  bool has_id = true;
  std::erase_if(lookups_, [&](const auto& lookup) {
    if (!lookup->is_waiting() || !has_id) return false;
    if (!is_host_name(lookup->name)) {
      events_.push(LookupAnswered{lookup->handle(), {}, kNotAName});
      return true;
    }
    has_id = ask(*lookup);  // else it waits until another lookup is answered
    return false;
  });
}

/// False when no id is free.
bool ClientLookups::ask(Lookup& lookup) {
  lookup.id = LookupId{ids_.assign(lookup.handle().value(), kMaxLookups)};
  if (lookup.is_waiting()) return false;
  uplink_.control(Resolve{lookup.id, LookupFamily::any, lookup.name});
  return true;
}

void ClientLookups::fail_all(std::string_view error) {
  while (!lookups_.empty()) answer(lookups_.front()->handle(), {}, error);
}

void ClientLookups::handle(Timestamp, const Resolved& resolved) {
  const LookupHandle handle{ids_.release(resolved.lookup.value())};
  if (has_waiting()) uplink_.want_flush();
  const bool found = resolved.addresses.size() > 0;
  answer(handle, resolved.addresses, found ? std::string_view() : error_of(resolved.status));
}

void ClientLookups::handle_refused(LookupId id, std::string_view why) {
  const LookupHandle handle{ids_.release(id.value())};
  if (has_waiting()) uplink_.want_flush();
  answer(handle, {}, why);
}

/// Without effect when there is no such lookup.
void ClientLookups::answer(LookupHandle handle, const ResolvedAddresses& addresses,
                           std::string_view error) {
  if (find_by_handle(lookups_, handle) == nullptr) return;
  take_back(handle);
  events_.push(LookupAnswered{handle, addresses, error});
}

bool ClientLookups::has_waiting() const {
  return std::ranges::any_of(lookups_, [](const auto& lookup) { return lookup->is_waiting(); });
}

Timestamp ClientLookups::deadline() const {
  Timestamp earliest = kNever;
  for (const auto& lookup : lookups_) earliest = std::min(earliest, lookup->deadline);
  return earliest;
}

void ClientLookups::handle_timeout(Timestamp now) {
  std::erase_if(lookups_, [&](const auto& lookup) {
    if (now < lookup->deadline) return false;
    ids_.disown(lookup->id.value());
    events_.push(LookupAnswered{lookup->handle(), {}, kNoAnswerToLookup});
    return true;
  });
}

}  // namespace floe::tunnel
