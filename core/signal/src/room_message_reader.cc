#include "floe/json/document.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "member_reader.h"

namespace floe::signal {
namespace {

std::string read_name(MemberReader& members, const std::optional<json::Value>& value,
                      MessageError bad) {
  if (!value) return {};
  const auto text = value->string();
  if (text && is_valid_name(*text)) return std::string(*text);
  members.fail(bad);
  return {};
}

Offers read_offers(MemberReader& members, const std::optional<json::Value>& value) {
  Offers offers;
  if (!value || value->is_null()) return offers;
  if (!value->is_array() || value->size() > kOffersMax) {
    members.fail(MessageError::bad_offers);
    return offers;
  }
  for (const json::Value name : *value) {
    offers.add(read_name(members, name, MessageError::bad_offers));
  }
  return offers;
}

Peer read_peer(MemberReader& members, const json::Value& value, MessageError bad) {
  const auto id = value.member("id");
  const auto name = value.member("name");
  if (!id || !name) members.fail(bad);
  return {read_name(members, id, bad), read_name(members, name, bad),
          read_offers(members, value.member("offers"))};
}

std::string read_resume(MemberReader& members) {
  return std::string(members.text("resume", kResumeSizeMax, MessageError::bad_resume));
}

void read_join(MemberReader& members, RoomMessage& message) {
  auto& join = message.emplace<Join>();
  join.name = read_name(members, members.require("name", MessageError::missing_name),
                        MessageError::bad_name);
  join.token = members.text("token", kTokenSizeMax, MessageError::bad_token);
  join.resume = read_resume(members);
  join.offers = read_offers(members, members.find("offers"));
}

void read_joined(MemberReader& members, RoomMessage& message) {
  auto& joined = message.emplace<Joined>();
  joined.self = read_name(members, members.require("self", MessageError::missing_self),
                          MessageError::bad_self);
  joined.resume = read_resume(members);
  const auto peers = members.find("peers");
  if (!peers) return;
  if (!peers->is_array()) members.fail(MessageError::bad_peers);
  if (peers->size() > kPeersListedMax) members.fail(MessageError::too_many_peers);
  for (const json::Value peer : *peers) {
    if (members.error()) break;
    joined.peers.push_back(read_peer(members, peer, MessageError::bad_peers));
  }
}

void read_peer_joined(MemberReader& members, RoomMessage& message) {
  auto& joined = message.emplace<PeerJoined>();
  const auto peer = members.require("peer", MessageError::missing_peer);
  if (peer) joined.peer = read_peer(members, *peer, MessageError::bad_peer);
}

void read_peer_left(MemberReader& members, RoomMessage& message) {
  auto& left = message.emplace<PeerLeft>();
  left.peer = read_name(members, members.require("peer", MessageError::missing_peer),
                        MessageError::bad_peer);
  // The peer has left even if the reason is one of a later version.
  const auto reason = members.text("reason", kReasonSizeMax, MessageError::bad_reason);
  left.reason =
      reason == to_text(LeaveReason::timeout) ? LeaveReason::timeout : LeaveReason::closed;
}

void read_error(MemberReader& members, RoomMessage& message) {
  auto& error = message.emplace<RoomError>();
  if (const auto value = members.require("code", MessageError::missing_code)) {
    const auto code = members.check_text(*value, 1, kTypeSizeMax, MessageError::bad_code);
    for (const RoomErrorCode known :
         {RoomErrorCode::bad_message, RoomErrorCode::room_full, RoomErrorCode::unauthorized,
          RoomErrorCode::rate, RoomErrorCode::no_such_peer}) {
      if (code == to_text(known)) error.code = known;
    }
  }
  error.message = members.text("message", kErrorTextSizeMax, MessageError::bad_error_text);
}

struct KnownRoomMessage {
  std::string_view type;
  void (*read)(MemberReader&, RoomMessage&);
};

constexpr KnownRoomMessage kKnownRoomMessages[] = {
    {"join", read_join},           {"joined", read_joined}, {"peer-joined", read_peer_joined},
    {"peer-left", read_peer_left}, {"error", read_error},
};

}  // namespace

bool is_room_message_type(std::string_view type) {
  for (const KnownRoomMessage& kind : kKnownRoomMessages) {
    if (kind.type == type) return true;
  }
  return false;
}

Result<ParsedRoomMessage, MessageError> parse_room_message(const json::Value& root) {
  const auto type = parse_type(root);
  if (!type) return type.error();
  for (const KnownRoomMessage& kind : kKnownRoomMessages) {
    if (kind.type != *type) continue;
    MemberReader members(root);
    members.find("type");
    ParsedRoomMessage parsed;
    kind.read(members, parsed.message);
    if (const auto error = members.error()) return *error;
    parsed.ignored_members = members.ignored_members();
    return parsed;
  }
  return MessageError::unknown_type;
}

Result<ParsedRoomMessage, MessageError> parse_room_message(std::string_view text) {
  const auto document = json::Document::parse(text, kMessageLimits);
  if (!document) return to_message_error(document.error().code);
  return parse_room_message(document->root());
}

Result<Envelope, MessageError> parse_envelope(const json::Value& root) {
  if (!root.is_object()) return MessageError::not_an_object;
  MemberReader members(root);
  Envelope envelope;
  envelope.to = read_name(members, members.find("to"), MessageError::bad_to);
  envelope.from = read_name(members, members.find("from"), MessageError::bad_from);
  if (const auto seq = members.find("seq")) {
    const auto number = seq->integer();
    if (!number || *number < 0) return MessageError::bad_seq;
    envelope.seq = static_cast<std::uint64_t>(*number);
  }
  if (const auto error = members.error()) return *error;
  return envelope;
}

}  // namespace floe::signal
