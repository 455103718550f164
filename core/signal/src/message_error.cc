#include "floe/signal/message_error.h"

namespace floe::signal {

MessageError to_message_error(json::ErrorCode code) {
  switch (code) {
    case json::ErrorCode::text_too_long:
      return MessageError::text_too_long;
    case json::ErrorCode::bad_utf8:
      return MessageError::bad_utf8;
    case json::ErrorCode::syntax:
      return MessageError::bad_json;
    case json::ErrorCode::number_too_large:
      return MessageError::number_too_large;
    case json::ErrorCode::too_deep:
      return MessageError::too_deep;
    case json::ErrorCode::too_many_values:
      return MessageError::too_many_values;
    case json::ErrorCode::duplicate_name:
      return MessageError::duplicate_member;
  }
  return MessageError::bad_json;
}

std::string_view to_text(MessageError error) {
  switch (error) {
    case MessageError::text_too_long:
      return "the message is longer than 16384 bytes; send candidates one by one";
    case MessageError::bad_utf8:
      return "the message is not UTF-8; encode it as UTF-8";
    case MessageError::bad_json:
      return "the message is not one JSON value; send one object and nothing after it";
    case MessageError::number_too_large:
      return "a number is beyond the range of a double; send it as a string";
    case MessageError::too_deep:
      return "objects and arrays are nested more than 8 deep; flatten the message";
    case MessageError::too_many_values:
      return "the message has more than 1024 values; send candidates one by one";
    case MessageError::duplicate_member:
      return "a member occurs twice in one object, so readers may disagree; send it once";
    case MessageError::not_an_object:
      return "the message is JSON, but not an object; send an object";
    case MessageError::missing_type:
      return "the message has no `type`; add it";
    case MessageError::bad_type:
      return "`type` is not a string of at most 64 bytes";
    case MessageError::unknown_type:
      return "`type` is not known here, so the message was ignored";
    case MessageError::missing_username_fragment:
      return "`usernameFragment` is missing; send the sender's own fragment of that generation";
    case MessageError::bad_username_fragment:
      return "`usernameFragment` is not a string of 4 to 256 ice-chars (letters, digits, + and /)";
    case MessageError::missing_password:
      return "`password` is missing; a description without it cannot be used";
    case MessageError::bad_password:
      return "`password` is not a string of 22 to 256 ice-chars (letters, digits, + and /)";
    case MessageError::bad_ice_pacing:
      return "`icePacing` must be a whole number of milliseconds below 2^32";
    case MessageError::bad_ice_lite:
      return "`iceLite` is neither true nor false";
    case MessageError::bad_ice_options:
      return "`iceOptions` is not an array of strings of 1 to 64 bytes";
    case MessageError::too_many_ice_options:
      return "`iceOptions` has more than 16 entries";
    case MessageError::bad_role:
      return "`role` is neither \"controlling\" nor \"controlled\"";
    case MessageError::bad_remote_username_fragment:
      return "`remoteUsernameFragment` is neither null nor a string of 4 to 256 ice-chars";
    case MessageError::bad_candidates:
      return "`candidates` is not an array of objects";
    case MessageError::missing_candidate:
      return "`candidate` is missing; send the line, or \"\" for the end of candidates";
    case MessageError::bad_candidate:
      return "`candidate` is not a string of at most 512 bytes";
    case MessageError::bad_sdp_mid:
      return "`sdpMid` is not a string of at most 64 bytes";
    case MessageError::bad_end_of_candidates:
      return "`endOfCandidates` is neither true nor false";
    case MessageError::bad_reason:
      return "`reason` is not a string of at most 200 bytes";
    case MessageError::missing_name:
      return "`name` is missing; give the name of the peer that joins";
    case MessageError::bad_name:
      return "`name` must be 1 to 64 letters, digits or . _ ~ -";
    case MessageError::bad_token:
      return "`token` is not a string of at most 4096 bytes";
    case MessageError::bad_resume:
      return "`resume` is not a string of at most 64 bytes";
    case MessageError::bad_offers:
      return "`offers` must be an array of at most 8 names of 1 to 64 letters, digits or . _ ~ -";
    case MessageError::missing_self:
      return "`self` is missing";
    case MessageError::bad_self:
      return "`self` must be 1 to 64 letters, digits or . _ ~ -";
    case MessageError::bad_peers:
      return "`peers` is not an array of objects with `id` and `name`";
    case MessageError::too_many_peers:
      return "`peers` has more than 64 entries";
    case MessageError::missing_peer:
      return "`peer` is missing";
    case MessageError::bad_peer:
      return "`peer` must be an id or an object, depending on the message type";
    case MessageError::missing_code:
      return "`code` is missing";
    case MessageError::bad_code:
      return "`code` is not a string of at most 64 bytes";
    case MessageError::bad_error_text:
      return "`message` is not a string of at most 512 bytes";
    case MessageError::bad_to:
      return "`to` is not an id of 1 to 64 characters; take one from `peers` or `peer-joined`";
    case MessageError::bad_from:
      return "`from` is not an id of 1 to 64 characters";
    case MessageError::bad_seq:
      return "`seq` is not a whole number from 0";
  }
  return "?";
}

}  // namespace floe::signal
