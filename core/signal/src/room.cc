#include "room.h"

#include <algorithm>
#include <array>
#include <utility>

#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "floe/types/hex.h"

namespace floe::signal {
namespace {

/// A message is never longer than its reader takes. Otherwise a few members with long offers could
/// keep everybody out of the room.
std::string write_joined(Joined joined) {
  std::string text = write_room_message(joined);
  if (text.size() <= kMessageSizeMax) return text;
  for (Peer& peer : joined.peers) {
    if (peer.offers.text().size() > kOffersSizeSure) peer.offers = {};
  }
  return write_room_message(joined);
}

/// 128 bits in hexadecimal.
std::string draw_secret(RandomSource& random) {
  std::array<std::uint8_t, 16> bytes;
  random.fill(bytes);
  return to_hex(bytes);
}

}  // namespace

Room::Member* Room::find(ConnectionId connection) {
  const auto found = std::ranges::find(members_, connection, &Member::connection);
  return found == members_.end() ? nullptr : &*found;
}

/// The secret proves that a peer is the same one, even when the server has not noticed that the old
/// connection is dead. Without the secret, a client can only take the place of a peer that is known
/// to be away, and only one of the same owner: messages are held for it, passwords included.
Room::Member* Room::find_place(const Entrant& entrant, const Join& join) {
  for (Member& member : members_) {
    if (equal_in_constant_time(as_bytes(member.resume), as_bytes(join.resume))) return &member;
  }
  for (Member& member : members_) {
    if (!member.connection && member.peer.name == join.name && member.owner == entrant.owner) {
      return &member;
    }
  }
  return nullptr;
}

Room::Joining Room::join(const Entrant& entrant, const Join& join) {
  if (Member* place = find_place(entrant, join)) {
    const auto displaced = place->connection;
    place->connection = entrant.connection;
    place->network = entrant.network;
    place->gone_at = kNever;
    place->peer.offers = join.offers;
    ++shared_.counters.resumed;
    welcome(*place);
    return {true, displaced};
  }
  if (members_.size() >= shared_.peers_max) return {};
  Member member{.peer = {"p" + std::to_string(++last_id_), join.name, join.offers},
                .owner = entrant.owner,
                .resume = draw_secret(shared_.random),
                .network = entrant.network,
                .connection = entrant.connection,
                .quota = {},
                .held = MessageHold(shared_.budget)};
  members_.push_back(std::move(member));
  ++shared_.counters.joined;
  welcome(members_.back());
  send_to_others(members_.back(), PeerJoined{members_.back().peer});
  return {true, std::nullopt};
}

void Room::welcome(Member& member) {
  Joined joined{member.peer.id, {}, member.resume};
  for (const Member& other : members_) {
    if (&other != &member) joined.peers.push_back(other.peer);
  }
  send(*member.connection, write_joined(std::move(joined)));
  send_held(*member.connection, member.held);
  if (members_.size() > 1) send_held(*member.connection, held_for_first_);
}

void Room::leave(Timestamp now, ConnectionId connection, LeaveReason reason) {
  Member* member = find(connection);
  if (member == nullptr) return;
  if (reason == LeaveReason::timeout) {
    member->connection.reset();
    member->gone_at = now + kHoldForDropped;
    return;
  }
  ++shared_.counters.left;
  remove(static_cast<std::size_t>(member - members_.data()), reason);
}

void Room::remove(std::size_t index, LeaveReason reason) {
  const Member gone = std::move(members_[index]);
  members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(index));
  shared_.counters.held_expired += gone.held.size() + held_for_first_.remove_of(gone.peer.id);
  for (Member& other : members_) {
    shared_.counters.held_expired += other.held.remove_of(gone.peer.id);
  }
  send_to_others(gone, PeerLeft{gone.peer.id, reason});
}

// A message on its way -------------------------------------------------------------------------

void Room::relay(Timestamp now, ConnectionId from, const RelayedMessage& message) {
  Member* sender = find(from);
  if (sender == nullptr) return;
  const Destination destination = find_destination(*sender, message);
  if (destination.error) return refuse(*sender, *destination.error, destination.text);
  if (!message.count_candidates(sender->quota)) {
    ++shared_.counters.too_many_candidates;
    return refuse(*sender, RoomErrorCode::bad_message,
                  "more than 256 candidates of one generation; send only the best, or restart");
  }
  deliver(now, *sender, destination.member, message);
}

Room::Destination Room::find_destination(const Member& sender, const RelayedMessage& message) {
  const auto id = message.receiver();
  if (!id) return {nullptr, RoomErrorCode::bad_message, to_text(id.error())};
  if (id->empty() && members_.size() > 2) {
    return {nullptr, RoomErrorCode::bad_message,
            "several peers are in this room; say in `to` which one is meant"};
  }
  Member* receiver = find_other(sender, *id);
  if (receiver == nullptr && !id->empty()) {
    return {nullptr, RoomErrorCode::no_such_peer,
            "no other peer in this room has the id in `to`; take one from `peers`, or wait for "
            "`peer-joined`"};
  }
  return {receiver, {}, {}};
}

/// The member with this id; with an empty id, the first one.
Room::Member* Room::find_other(const Member& except, std::string_view id) {
  for (Member& member : members_) {
    if (&member != &except && (id.empty() || member.peer.id == id)) return &member;
  }
  return nullptr;
}

void Room::deliver(Timestamp now, Member& sender, Member* receiver, const RelayedMessage& message) {
  std::string text = message.stamp(sender.peer.id, sender.seq + 1);
  if (receiver != nullptr && receiver->connection) {
    ++sender.seq;
    ++shared_.counters.relayed;
    return send(*receiver->connection, std::move(text));
  }
  MessageHold& hold = receiver != nullptr ? receiver->held : held_for_first_;
  const Timestamp expires = receiver != nullptr ? receiver->gone_at : now + kHoldForFirst;
  if (may_hold(text.size()) && hold.add(sender.peer.id, sender.network, std::move(text), expires)) {
    ++sender.seq;
    ++shared_.counters.held;
    return;
  }
  ++shared_.counters.held_refused;
  refuse(sender, RoomErrorCode::no_such_peer,
         "no peer is there to receive it, and no more messages are kept; wait for `peer-joined`, "
         "then send the description again");
}

bool Room::may_hold(std::size_t size) const {
  std::size_t held = held_for_first_.byte_count();
  for (const Member& member : members_) held += member.held.byte_count();
  return held <= shared_.held_bytes_max && size <= shared_.held_bytes_max - held;
}

// Time -----------------------------------------------------------------------------------------

void Room::handle_timeout(Timestamp now) {
  shared_.counters.held_expired += held_for_first_.remove_expired(now);
  for (std::size_t i = members_.size(); i-- > 0;) {
    if (members_[i].gone_at > now) continue;
    ++shared_.counters.timed_out;
    remove(i, LeaveReason::timeout);
  }
}

Timestamp Room::deadline() const {
  Timestamp earliest = held_for_first_.deadline();
  for (const Member& member : members_) earliest = std::min(earliest, member.gone_at);
  return earliest;
}

// What is sent ---------------------------------------------------------------------------------

void Room::send(ConnectionId connection, std::string text) {
  shared_.actions.push_back(SendText{connection, std::move(text)});
}

void Room::send_held(ConnectionId connection, MessageHold& held) {
  while (!held.empty()) {
    ++shared_.counters.relayed;
    send(connection, held.pop());
  }
}

void Room::send_to_others(const Member& except, const RoomMessage& message) {
  const std::string text = write_room_message(message);
  for (const Member& member : members_) {
    if (&member != &except && member.connection) send(*member.connection, text);
  }
}

void Room::refuse(const Member& member, RoomErrorCode code, std::string_view text) {
  if (code == RoomErrorCode::bad_message) ++shared_.counters.bad_messages;
  if (code == RoomErrorCode::no_such_peer) ++shared_.counters.no_such_peer;
  send(*member.connection, write_room_message(RoomError{code, std::string(text)}));
}

}  // namespace floe::signal
