// Why a text is not a message of floe.signal.1.
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/json/error.h"

namespace floe::signal {

enum class MessageError : std::uint8_t {
  // The text is not one JSON object within the limits.
  text_too_long,
  bad_utf8,
  bad_json,
  number_too_large,
  too_deep,
  too_many_values,
  duplicate_member,
  not_an_object,
  // The message's type.
  missing_type,
  bad_type,
  unknown_type,  ///< no fault of the sender: a later version, or another reader's type; ignore and
                 ///< count it
  // Messages between peers.
  missing_username_fragment,
  bad_username_fragment,
  missing_password,
  bad_password,
  bad_ice_lite,
  bad_ice_pacing,
  bad_ice_options,
  too_many_ice_options,
  bad_role,
  bad_remote_username_fragment,
  bad_candidates,
  missing_candidate,
  bad_candidate,
  bad_sdp_mid,
  bad_end_of_candidates,
  bad_reason,
  bad_dtls,
  bad_setup,
  bad_fingerprints,
  bad_dtls_id,
  bad_commitment,
  bad_nonce,
  bad_sctp,
  // Messages between client and server.
  missing_name,
  bad_name,
  bad_token,
  bad_resume,
  bad_offers,
  missing_self,
  bad_self,
  bad_peers,
  too_many_peers,
  missing_peer,
  bad_peer,
  missing_code,
  bad_code,
  bad_error_text,
  // The members that the server reads and writes (Envelope).
  bad_to,
  bad_from,
  bad_seq,
};

/// A sentence to be shown: what is wrong, and what would be right.
std::string_view to_text(MessageError error);

MessageError to_message_error(json::ErrorCode code);

}  // namespace floe::signal
