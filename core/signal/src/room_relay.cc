// How a room passes a message on.
#include "floe/ice/credentials.h"
#include "floe/json/writer.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "floe/signal/room.h"

namespace floe::signal {
namespace {

std::string_view string_member(const json::Value& message, std::string_view name) {
  const auto value = message.member(name);
  return value ? value->string().value_or(std::string_view()) : std::string_view();
}

std::string stamp(const json::Value& message, std::string_view from, std::uint64_t seq) {
  json::Writer out;
  out.begin_object();
  for (const json::Value member : message) {
    if (member.name() == "from" || member.name() == "seq") continue;
    out.name(member.name()).value(member);
  }
  out.name("from").string(from).name("seq").unsigned_integer(seq);
  return out.end_object().take();
}

}  // namespace

void Room::relay(Timestamp now, ConnectionId from, const json::Value& message) {
  Member* sender = find(from);
  if (sender == nullptr) return;
  const Destination destination = find_destination(*sender, message);
  if (destination.error) return refuse(*sender, *destination.error, destination.text);
  if (!check_candidates(*sender, message)) {
    ++shared_.counters.too_many_candidates;
    return refuse(*sender, RoomErrorCode::bad_message,
                  "more than 64 candidates of one generation; send only the best, or restart");
  }
  deliver(now, *sender, destination.member, message);
}

Room::Destination Room::find_destination(const Member& sender, const json::Value& message) {
  const auto to = message.member("to");
  if (to && !to->is_null()) {
    const auto id = to->string();
    if (!id || !is_valid_name(*id)) {
      return {nullptr, RoomErrorCode::bad_message, to_text(MessageError::bad_to)};
    }
    for (Member& member : members_) {
      if (member.peer.id == *id && &member != &sender) return {&member, {}, {}};
    }
    return {nullptr, RoomErrorCode::no_such_peer,
            "nobody else with the id in `to` is in this room; take one from `peers`, or wait for "
            "`peer-joined`"};
  }
  if (members_.size() > 2) {
    return {nullptr, RoomErrorCode::bad_message,
            "several peers are in this room; say in `to` which one is meant"};
  }
  for (Member& member : members_) {
    if (&member != &sender) return {&member, {}, {}};
  }
  return {};
}

bool Room::check_candidates(Member& sender, const json::Value& message) {
  const std::string_view type = string_member(message, "type");
  // What is too long for a fragment is no fragment, and shares one count.
  std::string_view ufrag = string_member(message, "usernameFragment");
  if (ufrag.size() > ice::kCredentialSizeMax) ufrag = {};
  if (type == "candidate") return sender.quota.add_one(ufrag);
  if (type != "description") return true;
  const auto candidates = message.member("candidates");
  return sender.quota.add_description(ufrag, candidates ? candidates->size() : 0);
}

void Room::deliver(Timestamp now, Member& sender, Member* receiver, const json::Value& message) {
  std::string text = stamp(message, sender.peer.id, sender.seq + 1);
  if (receiver != nullptr && receiver->connection) {
    ++sender.seq;
    ++shared_.counters.relayed;
    return send(*receiver->connection, std::move(text));
  }
  MessageHold& hold = receiver != nullptr ? receiver->held : held_for_first_;
  const Timestamp expires = receiver != nullptr ? receiver->gone_at : now + kHoldForFirst;
  if (hold.add(sender.peer.id, std::move(text), expires)) {
    ++sender.seq;
    ++shared_.counters.held;
    return;
  }
  ++shared_.counters.held_refused;
  refuse(sender, RoomErrorCode::no_such_peer,
         "nobody is there to receive it and no more messages can be held; wait for `peer-joined`, "
         "then send the description again");
}

}  // namespace floe::signal
