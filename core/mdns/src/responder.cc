#include "floe/mdns/responder.h"

#include <algorithm>

#include "floe/mdns/limits.h"

namespace floe::mdns {

bool Responder::add(std::string_view text, const IpAddress& address) {
  const auto name = Name::parse(text);
  if (!name || !name->is_single_local() || own_.size() == kOwnNamesMax) return false;
  if (std::ranges::find(own_, *name, &Own::name) != own_.end()) return false;
  own_.push_back({*name, address, Timestamp::min()});
  return true;
}

void Responder::remove(const IpAddress& address) {
  std::erase_if(own_, [&](const Own& own) { return own.address == address; });
}

std::vector<Reply> Responder::handle_query(Timestamp now, const TransportAddress& from,
                                           Bytes query) {
  std::vector<Reply> replies;
  if (own_.empty()) return replies;
  const auto message = parse_message(query);
  if (!message || message->is_response) return replies;
  for (const Question& question : message->questions) {
    if (auto reply = answer(now, from, question, message->id)) replies.push_back(std::move(*reply));
  }
  return replies;
}

std::optional<Reply> Responder::answer(Timestamp now, const TransportAddress& from,
                                       const Question& question, std::uint16_t id) {
  const auto own = std::ranges::find(own_, question.name, &Own::name);
  if (own == own_.end()) return std::nullopt;
  // RFC 6762, section 6.7: a query from another port is of a simple resolver, which hears no group.
  const bool is_legacy = from.port != kPort;
  const ResponseKind kind = is_legacy ? ResponseKind::legacy : ResponseKind::multicast;
  const bool to_group = !is_legacy && !question.wants_unicast;
  if (to_group) {
    // RFC 6762, section 6: a responder does not "multicast a record on a given interface until at
    // least one second has elapsed since the last time".
    if (now < own->multicast_from) return std::nullopt;
    own->multicast_from = now + kMulticastInterval;
  } else if (!may_send_unicast(now)) {
    return std::nullopt;
  }
  return Reply{write_response({kind, id, question, own->address}), to_group};
}

/// The source of a query may be forged: the answers to it must be no weapon.
bool Responder::may_send_unicast(Timestamp now) {
  if (now >= second_began_ + kMulticastInterval) {
    second_began_ = now;
    sent_in_second_ = 0;
  }
  return sent_in_second_++ < kUnicastAnswersPerSecond;
}

}  // namespace floe::mdns
