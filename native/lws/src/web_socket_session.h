// One WebSocket, between libwebsockets and the holder of a channel.
#pragma once

#include <libwebsockets.h>

#include <memory>
#include <string>

#include "floe/api/message_builder.h"
#include "floe/native/loop.h"
#include "floe/native/web_socket_channel.h"
#include "incoming_message.h"
#include "lws_context.h"
#include "outgoing_frames.h"

namespace floe::native {

/// The connection and the channel share it, since either may be destroyed first.
///
///   connecting --opened()----------> open
///   open       --close(), abandon()-> closing   buffered frames leave, then the close frame
///   any        --gone()------------> closed     the listener hears it, once
///
/// A peer's close frame also changes an open session to closing. Frames are written at the end of
/// the pass, outside of libwebsockets' callbacks; libwebsockets accepts that as long as its own
/// buffer is empty. A message that is being built is completed then. When TCP takes only a part of
/// a block, libwebsockets buffers the rest and tells when it is written.
class WebSocketSession final : public MessageBuilder, private TimerListener {
 public:
  enum class Role : std::uint8_t { client, server };

  WebSocketSession(LwsContext& context, Role role);
  ~WebSocketSession();

  // The channel's side.
  void set_listener(MessageChannelListener* listener) { listener_ = listener; }
  bool send(MessageKind kind, Bytes message);
  MutableBytes extend(std::size_t size) override;
  bool end_message() override;
  std::size_t buffered_bytes() const { return frames_.byte_count() + in_transit_; }
  void close(std::uint16_t code, std::string_view reason);
  /// The channel is destroyed: there is no listener any more, and the connection closes.
  void abandon();
  void set_reading(bool reading);
  void set_message_max(std::size_t size) { incoming_.set_size_max(size); }
  void cut() { kill(); }
  const TransportAddress& peer() const { return peer_; }

  // The connection's side; an int result is the value for the callback to return.
  bool wants_to_connect() const { return state_ == State::connecting; }
  void connecting(lws* wsi) { wsi_ = wsi; }
  int opened(lws* wsi, const TransportAddress& peer);
  int piece_arrived(MessageKind kind, const MessagePiece& piece);
  int writable();
  void peer_closes(Bytes payload);
  void gone(std::string_view reason, bool is_refusal = false);

 private:
  enum class State : std::uint8_t { connecting, open, closing, closed };

  void handle_timeout(Timestamp now) override;
  bool has_room(std::size_t size);
  void request_flush();
  void flush();
  bool write_blocks();
  void report_drained();
  void begin_close(std::uint16_t code, std::string_view reason);
  int reject(std::uint16_t code, std::string_view reason);
  int say_close();
  void kill();

  LwsContext& context_;
  MessageChannelListener* listener_ = nullptr;
  lws* wsi_ = nullptr;
  State state_ = State::connecting;
  OutgoingFrames frames_;
  IncomingMessage incoming_;
  std::size_t in_transit_ = 0;  // bytes of the block that libwebsockets could not write at once
  bool drain_due_ = false;  // something was sent since the listener last heard of an empty buffer
  bool peer_closed_ = false;
  std::uint16_t close_code_ = close_codes::kAbnormalClosure;
  std::string close_reason_;
  TransportAddress peer_;
  std::unique_ptr<Timer> close_timer_;
  DeferredCall<WebSocketSession, &WebSocketSession::flush> flush_call_;
};

/// The channel's end of a session.
std::unique_ptr<WebSocketChannel> make_channel(std::shared_ptr<WebSocketSession> session);

/// Sets TCP_NODELAY, and makes the kernel's buffers so small that back-pressure is noticed in time.
void set_stream_options(int fd);

}  // namespace floe::native
