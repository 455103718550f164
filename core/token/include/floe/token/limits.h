// The limits of everything that a token may have.
#pragma once

#include <cstddef>
#include <cstdint>

namespace floe::token {

/// Bytes of a secret: a shorter one could be found by trial.
inline constexpr std::size_t kSecretSizeMin = 16;
inline constexpr std::size_t kTokenSizeMax = 4096;  ///< as HELLO and `join` carry it
inline constexpr std::size_t kHeaderSizeMax = 512;  ///< of its JSON
inline constexpr std::size_t kKeyIdSizeMax = 64;
inline constexpr std::size_t kNameSizeMax = 128;  ///< of `sub`, `jti` and one of `aud`
inline constexpr std::size_t kAudiencesMax = 8;
inline constexpr std::size_t kRoomsMax = 16;
inline constexpr std::size_t kRoomSizeMax = 64;
inline constexpr std::size_t kPrefixesMax = 32;
inline constexpr std::size_t kOriginsMax = 16;
inline constexpr std::size_t kIceServersMax = 8;
inline constexpr std::size_t kUriSizeMax = 256;  ///< of an origin, or of a server

inline constexpr std::int64_t kOpenSecondsMax = 600;  ///< defaults, which an operator can change
inline constexpr std::int64_t kSessionSecondsMax = 24 * 3600;
/// The clocks of who makes tokens and of who reads them may differ by so much.
inline constexpr std::int64_t kLeewaySeconds = 30;

}  // namespace floe::token
