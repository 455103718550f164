// Why a WebSocket was closed: RFC 6455, section 7.4.1.
#pragma once

#include <cstdint>

namespace floe::close_codes {

inline constexpr std::uint16_t kNormalClosure = 1000;
inline constexpr std::uint16_t kGoingAway = 1001;
inline constexpr std::uint16_t kProtocolError = 1002;
inline constexpr std::uint16_t kUnsupportedData = 1003;
/// The peer's close frame had no code. Never sent.
inline constexpr std::uint16_t kNoStatusReceived = 1005;
/// The connection broke without a close frame. Never sent.
inline constexpr std::uint16_t kAbnormalClosure = 1006;
inline constexpr std::uint16_t kPolicyViolation = 1008;
inline constexpr std::uint16_t kMessageTooBig = 1009;

}  // namespace floe::close_codes
