// ChannelData: a datagram of data with a header of four bytes, where a channel is bound (RFC 8656,
// section 12.4).
//
//   |         channel number        |            length             |
//   |                       application data ...
//
// Over TCP and TLS it is padded to a multiple of four bytes, and the length does not include the
// padding (section 12.5).
#pragma once

#include <optional>

#include "floe/turn/attributes/data.h"
#include "floe/types/bytes.h"
#include "floe/wire/byte_writer.h"

namespace floe::turn {

inline constexpr std::size_t kChannelHeaderSize = 4;

struct ChannelData {
  std::uint16_t channel = 0;
  Bytes payload;  ///< when parsed, a view of the datagram; may be empty

  /// Reads one whole datagram or frame, padded or not. Nothing when it is not ChannelData: section
  /// 12.6, "the message is silently discarded". A server may take channels up to 0x7FFF, as in RFC
  /// 5766.
  static std::optional<ChannelData> parse(Bytes datagram, std::uint16_t channel_max = kChannelMax);
  void write(ByteWriter& out, bool is_padded) const;
};

/// The longest payload in bytes: the length has two bytes.
inline constexpr std::size_t kChannelPayloadSizeMax = 0xffff;

/// The longest payload in bytes that a client relays: before it has a channel, a Send indication
/// has a header and the peer's address besides.
inline constexpr std::size_t kPayloadSizeMax = 0xffff - 64;

}  // namespace floe::turn
