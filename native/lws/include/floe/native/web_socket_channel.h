// A WebSocket as a channel of messages.
#pragma once

#include <cstddef>

#include "floe/api/message_builder.h"
#include "floe/api/message_channel.h"
#include "floe/types/address.h"

namespace floe::native {

/// The longest message taken from a peer: 64 KiB and room for a header. A longer one closes the
/// channel with 1009 (RFC 6455, section 7.4.1) before it has been received.
inline constexpr std::size_t kMaxMessageSize = 64 * 1024 + 256;

/// The most fragments of one message: one for each 64 bytes of the longest. An intermediary may cut
/// a message anew (RFC 6455, section 5.4), and no network has smaller pieces. More close the
/// channel with 1008: section 10.4 warns of "a long stream of small frames that are a part of a
/// fragmented message", which the length alone would not bound.
inline constexpr std::size_t kMaxFragments = kMaxMessageSize / 64;

/// The most bytes that a channel holds while the network does not take them; beyond that, send()
/// returns false.
inline constexpr std::size_t kMaxBufferedBytes = 256 * 1024;

/// A MessageChannel over a WebSocket (RFC 6455), client or server, without extensions.
///
/// All messages sent within one pass of the loop leave together at its end, so that many small ones
/// cost one system call. An idle connection sends a ping every 25 s, and is closed when its peer
/// stays silent: state that belongs to a channel needs no timer of its own.
class WebSocketChannel : public MessageChannel {
 public:
  /// Builds binary messages inside the frames that leave, 64 KiB at most each; valid as long as the
  /// channel. send() and the end of a pass complete the message that is being built.
  virtual MessageBuilder& messages() = 0;
  /// Back-pressure: while false nothing is read, and TCP tells the peer to wait. A message that was
  /// already read may still be delivered later, but not during the call.
  virtual void set_reading(bool reading) = 0;
  /// From the next message on a longer one closes the channel with 1009; at most kMaxMessageSize,
  /// which is the limit at first. Strangers need less, and a message that comes in pieces is kept.
  virtual void set_message_max(std::size_t size) = 0;
  /// Ends the connection soon, without a close frame and without waiting for the peer: for those
  /// that are owed nothing. The listener hears of it.
  virtual void cut() = 0;
  /// The other end of the TCP connection; a client knows it once the channel is open.
  virtual const TransportAddress& peer() const = 0;
};

}  // namespace floe::native
