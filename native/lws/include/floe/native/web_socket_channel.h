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

/// Into how many fragments a peer may cut a message; more close the channel with 1008.
inline constexpr unsigned kMaxFragments = 8;

/// What a channel holds while the network does not take it; then send() says false.
inline constexpr std::size_t kMaxBufferedBytes = 256 * 1024;

/// A MessageChannel over a WebSocket (RFC 6455), client or server, without extensions.
///
/// What is sent within one pass of the loop leaves together at its end, so that many small messages
/// cost one system call. Pings go out on an idle connection every 25 s, and one whose peer stays
/// silent is closed: the owner of a channel needs no timer for that.
class WebSocketChannel : public MessageChannel {
 public:
  /// Builds binary messages inside the frames that leave, 64 KiB at most each; valid as long as the
  /// channel. send() and the end of a pass complete the message that is being built.
  virtual MessageBuilder& messages() = 0;
  /// Back-pressure: while false nothing is read, and TCP tells the peer to wait. Messages that were
  /// read before may still be delivered when reading goes on, never until then.
  virtual void set_reading(bool reading) = 0;
  /// The other end of the TCP connection; of a client, known once it is open.
  virtual const TransportAddress& peer() const = 0;
};

}  // namespace floe::native
