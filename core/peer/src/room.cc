#include "floe/peer/room.h"

#include <algorithm>
#include <utility>

namespace floe::peer {
namespace {

/// Or had one a moment ago, which may come back.
bool has_path(ice::State state) {
  return state == ice::State::connected || state == ice::State::completed ||
         state == ice::State::disconnected;
}

}  // namespace

// The server --------------------------------------------------------------------------------------

void Room::handle_joined() {
  // A message sent while the connection to the server broke may be lost. A description may be
  // repeated without harm.
  for (const Member& member : members_) outputs_.push_back(RepeatWanted{member.id});
}

void Room::handle_peer_joined(const signal::Peer& peer, ice::Role role) {
  Member* known = find(peer.id);
  if (known == nullptr) {
    connect(peer, role);
    return;
  }
  // The peer had lost its connection to the server, and maybe a message.
  known->has_left = false;
  outputs_.push_back(RepeatWanted{known->id});
}

void Room::handle_peer_left(Timestamp now, std::string_view peer) {
  Member* member = find(peer);
  if (member == nullptr) return;
  member->has_left = true;
  sweep_if_over(now, *member);
}

void Room::handle_message(signal::Message message, const signal::Peer& from) {
  const bool is_known = find(from.id) != nullptr;
  if (!is_known && !connect(from, ice::Role::controlled)) return;
  outputs_.push_back(MessageForConnection{from.id, std::move(message)});
}

// Connections -------------------------------------------------------------------------------------

bool Room::connect(const signal::Peer& peer, ice::Role role) {
  if (!may_be_sought(peer)) return false;
  const bool is_sought = peer.offers.has(seeks_);
  if (members_.size() >= connections_max_ && !(is_sought && make_room())) {
    outputs_.push_back(PeerNotAnswered{peer.id});
    return false;
  }
  members_.push_back({.id = peer.id, .is_sought = is_sought});
  outputs_.push_back(ConnectionWanted{peer, role});
  return true;
}

/// A peer that says nothing of its offers may be of an earlier version.
bool Room::may_be_sought(const signal::Peer& peer) const {
  return seeks_.empty() || peer.offers.empty() || peer.offers.has(seeks_);
}

bool Room::make_room() {
  const auto place = std::ranges::find_if(
      members_, [](const Member& member) { return !member.is_sought && !has_path(member.state); });
  if (place == members_.end()) return false;
  outputs_.push_back(ConnectionOver{std::move(place->id)});
  members_.erase(place);
  return true;
}

void Room::handle_state(Timestamp now, std::string_view peer, ice::State state) {
  Member* member = find(peer);
  if (member == nullptr) return;
  member->state = state;
  sweep_if_over(now, *member);
}

bool Room::is_over(const Member& member) {
  return member.state == ice::State::closed || (member.has_left && !has_path(member.state));
}

// The sweep runs later: the host may be inside a call of that connection, which must not be
// destroyed during the call.
void Room::sweep_if_over(Timestamp now, const Member& member) {
  if (is_over(member)) deadline_ = std::min(deadline_, now);
}

void Room::handle_timeout(Timestamp now) {
  if (now < deadline_) return;
  deadline_ = kNever;
  std::erase_if(members_, [&](Member& member) {
    if (!is_over(member)) return false;
    outputs_.push_back(ConnectionOver{std::move(member.id)});
    return true;
  });
}

Room::Member* Room::find(std::string_view peer) {
  const auto place = std::ranges::find(members_, peer, &Member::id);
  return place == members_.end() ? nullptr : &*place;
}

std::optional<RoomOutput> Room::poll_output() {
  if (outputs_.empty()) return std::nullopt;
  RoomOutput output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

}  // namespace floe::peer
