// A host provides channels: connections that carry whole messages, in order, in both directions.
//
// A WebSocket is a channel; a pair of queues in a test is one, too.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "floe/api/close_codes.h"
#include "floe/types/bytes.h"

namespace floe {

enum class MessageKind : std::uint8_t { text, binary };

struct ChannelClosed {
  std::uint16_t code = close_codes::kAbnormalClosure;
  std::string_view reason;  ///< valid for the duration of the call; from the peer, so untrusted
  /// A server of HTTP answered, and did not make a channel of the connection.
  bool is_refusal = false;
};

class MessageChannelListener {
 public:
  virtual void on_channel_open() = 0;
  /// `message` is valid for the duration of the call.
  virtual void on_channel_message(MessageKind kind, Bytes message) = 0;
  /// Once; also when connecting failed. Never from inside send() or close().
  virtual void on_channel_closed(const ChannelClosed& closed) = 0;
  /// buffered_bytes() was above zero and is zero now.
  virtual void on_channel_drained() {}

 protected:
  ~MessageChannelListener() = default;
};

/// Destroying it closes it; the listener hears nothing more.
class MessageChannel {
 public:
  virtual ~MessageChannel() = default;
  /// False when the channel is not open or its buffer is full: the message is not sent.
  virtual bool send(MessageKind kind, Bytes message) = 0;
  /// Bytes that the application sent and the network has not yet taken, as far as the host can see.
  virtual std::size_t buffered_bytes() const = 0;
  /// Sends the buffered messages, then closes. `code` is 1000 or 3000 to 4999.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

class MessageChannels {
 public:
  virtual ~MessageChannels() = default;
  /// `url` is ws:// or wss://; the server must agree to `subprotocol`. `listener` must outlive the
  /// channel; it hears on_channel_open() or on_channel_closed(), never from inside this call.
  virtual std::unique_ptr<MessageChannel> connect(std::string_view url,
                                                  std::string_view subprotocol,
                                                  MessageChannelListener& listener) = 0;
  /// Why connect() cannot succeed with this URL, however often it is tried: a sentence without a
  /// full stop. Empty: it may succeed.
  virtual std::string problem_with(std::string_view) { return {}; }
};

}  // namespace floe
