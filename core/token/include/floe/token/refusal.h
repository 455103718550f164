// Why a client is not admitted, and what its developer can do about that.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::token {

enum class Refusal : std::uint8_t {
  // The token itself
  missing,
  malformed,
  not_the_secret,  ///< nor a signed token, where the secret itself is one
  algorithm,       ///< its header asks for another than HS256, or for an extension
  unknown_key,
  bad_signature,
  bad_claims,  ///< one is missing, of another type, or beyond its limit
  wrong_audience,
  // Its time
  not_yet_valid,
  expired,
  lives_too_long,
  opened_too_late,
  // Its use
  other_network,
  wrong_room,
  wrong_origin,
  not_native,  ///< without an Origin
  too_many_sessions,
  // Its place
  network_full,
  gateway_full,
};

/// A sentence for the developer of the client: what is wrong and what to do. It quotes nothing of
/// the token.
std::string_view to_text(Refusal refusal);

}  // namespace floe::token
