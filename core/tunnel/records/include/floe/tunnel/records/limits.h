// The limits of floe.tunnel.1 itself: no configuration of either end may exceed them.
//
// The limits that a server grants a session within these are in session_limits.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/api/stream_socket.h"
#include "floe/types/time.h"

namespace floe::tunnel {

inline constexpr std::uint8_t kProtocolVersion = 1;
inline constexpr char kSubprotocol[] = "floe.tunnel.1";

inline constexpr std::size_t kRecordHeaderSize = 4;
inline constexpr std::size_t kMaxRecordSize = kRecordHeaderSize + 65535;
/// The longest message: one record of the greatest size. A longer message is an error.
inline constexpr std::size_t kMaxMessageSize = kMaxRecordSize;
/// Records are gathered up to this size. Measured in Chromium: sixteen records a message are five
/// to ten times cheaper to receive than one, and more brings nothing.
inline constexpr std::size_t kCoalescedMessageSize = std::size_t{16} * 1024;

inline constexpr std::size_t kMaxTokenSize = 4096;
inline constexpr std::size_t kMaxErrorTextSize = 200;
inline constexpr std::size_t kMaxNameSize = 253;  ///< a host name (RFC 1035, section 2.3.4)
inline constexpr std::size_t kMaxInterfaceNameSize = 63;
inline constexpr std::size_t kMaxBindableAddresses = 32;
inline constexpr std::size_t kMaxResolvedAddresses = 16;
/// The most lookups of names that one session has in progress.
inline constexpr std::size_t kMaxLookups = 8;

/// A server may hold back a quarter of the window before it grants again. This minimum makes sure
/// that the longest record still fits into the rest.
inline constexpr std::uint32_t kMinUplinkWindow = 128u * 1024;

/// Bounds of the datagrams that wait for a full channel or for credit, per socket and class. The
/// first bound that is reached counts.
inline constexpr std::size_t kMaxQueuedDatagrams = 32;
inline constexpr std::size_t kMaxQueuedBytes = std::size_t{128} * 1024;
inline constexpr Duration kMaxQueuedAge = std::chrono::milliseconds(250);
/// Bytes of a TCP connection that may be in flight before the other end gives credit, in either
/// direction. It is at most kStreamBacklogMax, so that a gateway never has to refuse bytes that it
/// gave credit for.
inline constexpr std::uint32_t kTcpWindow = 64u * 1024;
static_assert(kTcpWindow <= kStreamBacklogMax);
/// The most data in one record, so that several records share a message.
inline constexpr std::size_t kTcpPieceMax = std::size_t{8} * 1024;
/// TCP connections that one client has at a time; a server may allow fewer (SessionLimits).
inline constexpr std::size_t kMaxConnections = 16;
/// Bytes of control records that wait because the other end does not read; beyond this limit the
/// session ends.
inline constexpr std::size_t kMaxControlBacklog = std::size_t{64} * 1024;

}  // namespace floe::tunnel
