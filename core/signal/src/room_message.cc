#include "floe/signal/room_message.h"

#include <algorithm>

#include "floe/signal/limits.h"

namespace floe::signal {
namespace {

constexpr bool is_name_char(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '~' || c == '-';
}

}  // namespace

bool is_valid_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameSizeMax && std::ranges::all_of(text, is_name_char);
}

std::string_view to_text(LeaveReason reason) {
  switch (reason) {
    case LeaveReason::closed:
      return "closed";
    case LeaveReason::timeout:
      return "timeout";
  }
  return "?";
}

std::string_view to_text(RoomErrorCode code) {
  switch (code) {
    case RoomErrorCode::bad_message:
      return "bad-message";
    case RoomErrorCode::room_full:
      return "room-full";
    case RoomErrorCode::unauthorized:
      return "unauthorized";
    case RoomErrorCode::rate:
      return "rate";
    case RoomErrorCode::no_such_peer:
      return "no-such-peer";
    case RoomErrorCode::other:
      return "other";
  }
  return "?";
}

}  // namespace floe::signal
