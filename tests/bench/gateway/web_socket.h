// The client's end of a WebSocket (RFC 6455) with as little work as possible: one key masks all
// messages, and only what a gateway sends is understood: binary messages of one frame, and pings.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "floe/types/bytes.h"
#include "plain/stream.h"

namespace floe::bench {

class WebSocket {
 public:
  /// Waits until the server has agreed.
  WebSocket(std::uint16_t port, bool over_tls, std::string_view path, std::string_view subprotocol);

  int fd() const { return stream_->fd(); }

  /// Room at the end of the message that is being written, valid until the next call.
  MutableBytes extend(std::size_t size);
  std::size_t message_size() const { return message_.size(); }
  void end_message();
  /// Sends the messages that were ended, as far as the kernel takes them.
  void flush() { stream_->flush(); }
  /// False while much waits that the kernel has not taken.
  bool has_room() const { return stream_->has_room(); }

  /// Empty when no whole message is there. It is valid until the next call.
  std::optional<Bytes> next_message();
  /// Waits until something comes.
  void wait() const { stream_->wait(); }

 private:
  void upgrade(std::uint16_t port, std::string_view path, std::string_view subprotocol);
  std::optional<Bytes> take_frame();
  void answer_ping(Bytes payload);

  std::unique_ptr<PlainStream> stream_;
  ByteVector message_;
};

}  // namespace floe::bench
