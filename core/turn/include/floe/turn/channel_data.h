// ChannelData: a datagram of data with a header of four bytes, where a channel is bound (RFC 8656,
// section 12.4).
//
//   |         channel number        |            length             |
//   |                       application data ...
//
// Over TCP and TLS it is padded to four bytes, and the length does not count them (section 12.5).
#pragma once

#include <optional>

#include "floe/turn/attributes/data.h"
#include "floe/types/bytes.h"
#include "floe/wire/byte_writer.h"

namespace floe::turn {

inline constexpr std::size_t kChannelHeaderSize = 4;

struct ChannelData {
  std::uint16_t channel = 0;
  Bytes payload;  ///< when parsed, lent by the datagram; may be empty

  /// One whole datagram or frame, padded or not. Nothing when it is none: section 12.6, "the
  /// message is silently discarded".
  static std::optional<ChannelData> parse(Bytes datagram);
  void write(ByteWriter& out, bool is_padded) const;
};

/// What two bytes of length can say; a longer payload has no ChannelData.
inline constexpr std::size_t kChannelPayloadSizeMax = 0xffff;

}  // namespace floe::turn
