// What a host provides: connections that carry whole messages, in order, in both directions.
//
// A WebSocket is one; so is a pair of queues in a test.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe {

enum class MessageKind : std::uint8_t { text, binary };

struct ChannelClosed {
  std::uint16_t code = 1006;  ///< RFC 6455, section 7.4; 1006 is a connection that just broke
  std::string_view reason;    ///< valid for the duration of the call; from the peer, so untrusted
};

class MessageChannelListener {
 public:
  virtual void on_channel_open() = 0;
  /// `message` is valid for the duration of the call.
  virtual void on_channel_message(MessageKind kind, Bytes message) = 0;
  /// Once; also when connecting failed. Never from inside send() or close().
  virtual void on_channel_closed(const ChannelClosed& closed) = 0;
  /// buffered_bytes() fell to zero after having been above it.
  virtual void on_channel_drained() {}

 protected:
  ~MessageChannelListener() = default;
};

/// Destroying it closes it; the listener hears nothing more.
class MessageChannel {
 public:
  virtual ~MessageChannel() = default;
  /// False when the channel is not open, or holds as much as it will: the message is not sent.
  virtual bool send(MessageKind kind, Bytes message) = 0;
  /// Sent by the application and not yet taken by the network, as far as the host can see.
  virtual std::size_t buffered_bytes() const = 0;
  /// Sends what is buffered, then closes. `code` 1000 or 3000 to 4999.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

class MessageChannels {
 public:
  virtual ~MessageChannels() = default;
  /// `url` is ws:// or wss://, `subprotocol` what the server must agree to. `listener` must outlive
  /// the channel; it hears on_channel_open() or on_channel_closed(), never from inside this call.
  virtual std::unique_ptr<MessageChannel> connect(std::string_view url,
                                                  std::string_view subprotocol,
                                                  MessageChannelListener& listener) = 0;
};

}  // namespace floe
