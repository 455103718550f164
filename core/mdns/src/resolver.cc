#include "floe/mdns/resolver.h"

#include <algorithm>

#include "address_policy.h"
#include "floe/mdns/limits.h"

namespace floe::mdns {

std::string_view to_text(AnswerError error) {
  switch (error) {
    case AnswerError::none:
      return "it was resolved";
    case AnswerError::silence:
      return "nobody in the local network answers for the name; the peer is in another network, or "
             "multicast does not pass";
    case AnswerError::several:
      return "the name has more than one address";
    case AnswerError::implausible:
      return "the name has an address that no neighbour can have";
  }
  return "?";
}

void Resolver::set_own_addresses(std::vector<IpAddress> own) {
  if (own.size() > kOwnAddressesMax) own.resize(kOwnAddressesMax);
  own_ = std::move(own);
}

// Asking ------------------------------------------------------------------------------------------

AskResult Resolver::ask(Timestamp now, std::string_view text, std::uint16_t id) {
  const auto name = Name::parse(text);
  if (!name || !name->is_single_local()) return AskResult::not_local;
  if (std::ranges::find(lookups_, *name, &Lookup::name) != lookups_.end()) return AskResult::asked;
  if (lookups_.size() + answers_.size() >= kNamesMax) return AskResult::limit;
  if (const Cached* known = find_cached(now, *name)) {
    answers_.push_back({name->text(), AnswerError::none, known->address});
    return AskResult::asked;
  }
  send_queries(now, lookups_.emplace_back(Lookup{*name, id, 0, now, AnswerError::silence}));
  return AskResult::asked;
}

/// RFC 6762, section 5.2: "the interval between the first two queries MUST be at least one second,
/// the intervals between successive queries MUST increase by at least a factor of two".
void Resolver::send_queries(Timestamp now, Lookup& lookup) {
  for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
    queries_.push_back({write_query({lookup.name, type, true}, lookup.id), false});
    queries_.push_back({write_query({lookup.name, type, false}, 0), true});
  }
  lookup.next = now + kFirstWait * (1 << lookup.tries++);
}

void Resolver::forget(std::string_view text) {
  const auto name = Name::parse(text);
  if (!name) return;
  lookups_.remove_if([&](const Lookup& lookup) { return lookup.name == *name; });
}

void Resolver::handle_timeout(Timestamp now) {
  for (auto lookup = lookups_.begin(); lookup != lookups_.end();) {
    if (lookup->next > now) {
      ++lookup;
    } else if (lookup->tries < kTriesMax) {
      send_queries(now, *lookup++);
    } else {
      answers_.push_back({lookup->name.text(), lookup->so_far, {}});
      lookup = lookups_.erase(lookup);
    }
  }
}

Timestamp Resolver::deadline() const {
  Timestamp earliest = kNever;
  for (const Lookup& lookup : lookups_) earliest = std::min(earliest, lookup.next);
  return earliest;
}

std::optional<Query> Resolver::poll_query() {
  if (queries_.empty()) return std::nullopt;
  Query query = std::move(queries_.front());
  queries_.pop_front();
  return query;
}

std::optional<Answer> Resolver::poll_answer() {
  if (answers_.empty()) return std::nullopt;
  Answer answer = std::move(answers_.front());
  answers_.pop_front();
  return answer;
}

// Answers -----------------------------------------------------------------------------------------

void Resolver::handle_message(Timestamp now, const Arrival& arrival, Bytes bytes) {
  // RFC 6762, section 6: responses from other ports are ignored.
  if (arrival.from.port != kPort || lookups_.empty()) return;
  const auto message = parse_message(bytes);
  if (!message || !message->is_response) return;
  for (auto lookup = lookups_.begin(); lookup != lookups_.end();) {
    // RFC 6762, section 6.7: an answer to a simple resolver repeats its id.
    const bool is_for_it = arrival.to_group || message->id == lookup->id;
    const Finding found = is_for_it ? find(*lookup, arrival, *message) : Finding();
    if (found.error == AnswerError::none || found.error == AnswerError::several) {
      if (found.error == AnswerError::none) cache(now, found.record);
      answers_.push_back({lookup->name.text(), found.error, found.record.address});
      lookup = lookups_.erase(lookup);
    } else {
      // It ends nothing: a forger must not silence the neighbour who knows.
      if (found.error == AnswerError::implausible) lookup->so_far = found.error;
      ++lookup;
    }
  }
}

/// draft-ietf-mmusic-mdns-ice-candidates: "An ICE agent SHOULD ignore candidates where the hostname
/// resolution returns more than one IP address."
Resolver::Finding Resolver::find(const Lookup& lookup, const Arrival& arrival,
                                 const Message& message) const {
  Finding found;
  for (const AddressRecord& record : message.addresses) {
    if (record.name != lookup.name || record.ttl == 0) continue;
    if (!is_plausible(record.address, arrival.from.ip, own_)) {
      if (found.error == AnswerError::silence) found.error = AnswerError::implausible;
    } else if (found.error == AnswerError::none && found.record.address != record.address) {
      return {AnswerError::several, {}};
    } else {
      found = {AnswerError::none, record};
    }
  }
  return found;
}

void Resolver::cache(Timestamp now, const AddressRecord& record) {
  const Duration ttl = std::chrono::seconds(record.ttl);
  if (cache_.size() == kCachedNamesMax) cache_.pop_front();
  cache_.push_back({record.name, record.address, now + std::min(ttl, kCachedMax)});
}

const Resolver::Cached* Resolver::find_cached(Timestamp now, const Name& name) {
  cache_.remove_if([&](const Cached& cached) { return cached.until <= now; });
  const auto place = std::ranges::find(cache_, name, &Cached::name);
  return place == cache_.end() ? nullptr : &*place;
}

}  // namespace floe::mdns
