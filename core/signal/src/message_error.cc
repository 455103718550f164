#include "floe/signal/message_error.h"

#include <iterator>

namespace floe::signal {
namespace {

struct Sentence {
  MessageError error;
  std::string_view text;
};

/// In the order of the enumerators.
constexpr Sentence kSentences[] = {
    {MessageError::text_too_long,
     "the message is longer than 16384 bytes; send candidates one by one"},
    {MessageError::bad_utf8, "the message is not UTF-8; encode it as UTF-8"},
    {MessageError::bad_json,
     "the message is not one JSON value; send one object and nothing after it"},
    {MessageError::number_too_large,
     "a number is beyond the range of a double; send it as a string"},
    {MessageError::too_deep, "objects and arrays are nested more than 8 deep; flatten the message"},
    {MessageError::too_many_values,
     "the message has more than 1024 values; send candidates one by one"},
    {MessageError::duplicate_member,
     "a member occurs twice in one object, so readers may disagree; send it once"},
    {MessageError::not_an_object, "the message is JSON, but not an object; send an object"},
    {MessageError::missing_type, "the message has no `type`; add it"},
    {MessageError::bad_type, "`type` is not a string of at most 64 bytes"},
    {MessageError::unknown_type, "`type` is not known here, so the message was ignored"},
    {MessageError::missing_username_fragment,
     "`usernameFragment` is missing; send the sender's own fragment of that generation"},
    {MessageError::bad_username_fragment,
     "`usernameFragment` is not a string of 4 to 256 ice-chars (letters, digits, + and /)"},
    {MessageError::missing_password,
     "`password` is missing; a description without it cannot be used"},
    {MessageError::bad_password,
     "`password` is not a string of 22 to 256 ice-chars (letters, digits, + and /)"},
    {MessageError::bad_ice_lite, "`iceLite` is neither true nor false"},
    {MessageError::bad_ice_pacing, "`icePacing` must be a whole number of milliseconds below 2^32"},
    {MessageError::bad_ice_options, "`iceOptions` is not an array of strings of 1 to 64 bytes"},
    {MessageError::too_many_ice_options, "`iceOptions` has more than 16 entries"},
    {MessageError::bad_role, "`role` is neither \"controlling\" nor \"controlled\""},
    {MessageError::bad_remote_username_fragment,
     "`remoteUsernameFragment` is neither null nor a string of 4 to 256 ice-chars"},
    {MessageError::bad_candidates, "`candidates` is not an array of objects"},
    {MessageError::missing_candidate,
     "`candidate` is missing; send the line, or \"\" for the end of candidates"},
    {MessageError::bad_candidate, "`candidate` is not a string of at most 512 bytes"},
    {MessageError::bad_sdp_mid, "`sdpMid` is not a string of at most 64 bytes"},
    {MessageError::bad_end_of_candidates, "`endOfCandidates` is neither true nor false"},
    {MessageError::bad_reason, "`reason` is not a string of at most 200 bytes"},
    {MessageError::bad_dtls, "`dtls` is not an object"},
    {MessageError::bad_setup, "`setup` is not \"actpass\", \"active\" or \"passive\""},
    {MessageError::bad_fingerprints,
     "`fingerprints` is not an array of 1 to 4 objects with `algorithm` and `value`, visible ASCII "
     "of at most 16 and 191 bytes"},
    {MessageError::bad_dtls_id, "`id` is not a string of 20 to 255 letters, digits or + / - _"},
    {MessageError::bad_commitment, "`commitment` is not a string of 64 hexadecimal digits"},
    {MessageError::bad_nonce, "`nonce` is not a string of 64 hexadecimal digits"},
    {MessageError::bad_sctp, "`sctp` is not an object of a port and a size"},
    {MessageError::missing_name, "`name` is missing; give the name of the peer that joins"},
    {MessageError::bad_name, "`name` must be 1 to 64 letters, digits or . _ ~ -"},
    {MessageError::bad_token, "`token` is not a string of at most 4096 bytes"},
    {MessageError::bad_resume, "`resume` is not a string of at most 64 bytes"},
    {MessageError::bad_offers,
     "`offers` must be an array of at most 8 names of 1 to 64 letters, digits or . _ ~ -"},
    {MessageError::missing_self, "`self` is missing"},
    {MessageError::bad_self, "`self` must be 1 to 64 letters, digits or . _ ~ -"},
    {MessageError::bad_peers, "`peers` is not an array of objects with `id` and `name`"},
    {MessageError::too_many_peers, "`peers` has more than 64 entries"},
    {MessageError::missing_peer, "`peer` is missing"},
    {MessageError::bad_peer, "`peer` must be an id or an object, depending on the message type"},
    {MessageError::missing_code, "`code` is missing"},
    {MessageError::bad_code, "`code` is not a string of at most 64 bytes"},
    {MessageError::bad_error_text, "`message` is not a string of at most 512 bytes"},
    {MessageError::bad_to,
     "`to` is not an id of 1 to 64 characters; take one from `peers` or `peer-joined`"},
    {MessageError::bad_from, "`from` is not an id of 1 to 64 characters"},
    {MessageError::bad_seq, "`seq` is not a whole number from 0"},
};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < std::size(kSentences); ++i) {
    if (kSentences[i].error != static_cast<MessageError>(i)) return false;
  }
  return std::size(kSentences) == static_cast<std::size_t>(MessageError::bad_seq) + 1;
}
static_assert(are_in_order());

}  // namespace

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
  const auto index = static_cast<std::size_t>(error);
  return index < std::size(kSentences) ? kSentences[index].text : "?";
}

}  // namespace floe::signal
