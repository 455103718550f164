#include "web_socket_session.h"

#include <chrono>
#include <utility>

namespace floe::native {
namespace {

// How long to wait for a peer that does not read, or does not answer the close frame, before the
// connection is cut.
constexpr Duration kCloseTimeout = std::chrono::seconds(5);
constexpr std::size_t kCloseReasonMax = 123;  // RFC 6455, section 5.5: a control frame holds 125

}  // namespace

WebSocketSession::WebSocketSession(LwsContext& context, Role role)
    : context_(context),
      frames_(context.blocks(), role == Role::client ? &context.mask_keys() : nullptr),
      flush_call_(context.loop(), Deferred::When::end_of_pass, *this) {}

WebSocketSession::~WebSocketSession() = default;

bool WebSocketSession::send(MessageKind kind, Bytes message) {
  if (!has_room(message.size())) return false;
  end_message();
  frames_.add(kind, message);
  ++context_.statistics().messages_sent;
  request_flush();
  return true;
}

MutableBytes WebSocketSession::extend(std::size_t size) {
  if (!has_room(size)) return {};
  request_flush();
  return frames_.extend(size);
}

bool WebSocketSession::end_message() {
  if (frames_.end_frame()) ++context_.statistics().messages_sent;
  return true;  // extend() took care of the room
}

bool WebSocketSession::has_room(std::size_t size) {
  if (state_ == State::closed) return false;  // the context may be gone as well
  if (state_ == State::open &&
      buffered_bytes() + size + OutgoingFrames::kHeaderMax <= kMaxBufferedBytes) {
    return true;
  }
  ++context_.statistics().sends_refused;
  return false;
}

void WebSocketSession::request_flush() {
  drain_due_ = true;
  if (in_transit_ == 0) flush_call_.request();
}

void WebSocketSession::close(std::uint16_t code, std::string_view reason) {
  if (state_ == State::closing || state_ == State::closed) return;
  begin_close(code, reason);
}

void WebSocketSession::abandon() {
  listener_ = nullptr;
  close(close_codes::kNormalClosure, {});
}

void WebSocketSession::begin_close(std::uint16_t code, std::string_view reason) {
  const bool was_open = state_ == State::open;
  state_ = State::closing;
  close_code_ = code;
  close_reason_ = reason.substr(0, kCloseReasonMax);
  if (wsi_ == nullptr) return;
  if (!was_open) {
    kill();
    return;
  }
  if (!close_timer_) close_timer_ = context_.loop().create(*this);
  close_timer_->arm(context_.loop().now() + kCloseTimeout);
  flush_call_.request();
}

void WebSocketSession::set_reading(bool reading) {
  if (wsi_ == nullptr || state_ == State::connecting) return;
  lws_rx_flow_control(wsi_, reading ? 1 : 0);
  context_.touch();
}

int WebSocketSession::opened(lws* wsi, const TransportAddress& peer) {
  if (state_ != State::connecting) return -1;
  wsi_ = wsi;
  peer_ = peer;
  state_ = State::open;
  if (listener_ != nullptr) listener_->on_channel_open();
  return 0;
}

int WebSocketSession::piece_arrived(MessageKind kind, const MessagePiece& piece) {
  if (state_ != State::open) return 0;
  switch (incoming_.add(piece)) {
    case IncomingMessage::Outcome::incomplete:
      return 0;
    case IncomingMessage::Outcome::complete:
      break;
    case IncomingMessage::Outcome::too_long:
      return reject(close_codes::kMessageTooBig, "message too long");
    case IncomingMessage::Outcome::too_many_fragments:
      return reject(close_codes::kPolicyViolation, "too many fragments");
    case IncomingMessage::Outcome::reserved_bits:
      return reject(close_codes::kProtocolError, "reserved bits");
  }
  ++context_.statistics().messages_received;
  if (listener_ != nullptr) listener_->on_channel_message(kind, incoming_.whole());
  incoming_.clear();
  return 0;
}

int WebSocketSession::reject(std::uint16_t code, std::string_view reason) {
  ++context_.statistics().messages_rejected;
  begin_close(code, reason);
  return say_close();
}

void WebSocketSession::flush() {
  if (wsi_ == nullptr || state_ == State::connecting || peer_closed_) return;
  if (!write_blocks()) {
    kill();
    return;
  }
  if (state_ == State::closing && frames_.empty()) lws_callback_on_writable(wsi_);
  context_.touch();
  report_drained();
}

// False when the connection is broken.
bool WebSocketSession::write_blocks() {
  end_message();
  while (!frames_.empty() && lws_partial_buffered(wsi_) == 0) {
    const MutableBytes block = frames_.front();
    if (lws_write(wsi_, block.data(), block.size(), LWS_WRITE_RAW) < 0) return false;
    ++context_.statistics().writes;
    // libwebsockets does not tell how much of the block it holds: count all until it holds nothing.
    in_transit_ = lws_partial_buffered(wsi_) != 0 ? block.size() : 0;
    frames_.pop_front();
  }
  if (!frames_.empty()) lws_callback_on_writable(wsi_);
  return true;
}

int WebSocketSession::writable() {
  if (peer_closed_) return 0;
  in_transit_ = 0;  // libwebsockets asks only when its own buffer is empty
  if (!write_blocks()) return -1;
  if (state_ == State::closing && buffered_bytes() == 0) return say_close();
  report_drained();
  return 0;
}

void WebSocketSession::report_drained() {
  if (!drain_due_ || buffered_bytes() != 0) return;
  drain_due_ = false;
  if (listener_ != nullptr) listener_->on_channel_drained();
}

// When the callback returns this value, libwebsockets sends the close frame and waits for the
// peer's.
int WebSocketSession::say_close() {
  frames_.clear();
  lws_close_reason(wsi_, static_cast<lws_close_status>(close_code_),
                   reinterpret_cast<unsigned char*>(close_reason_.data()), close_reason_.size());
  return -1;
}

void WebSocketSession::peer_closes(Bytes payload) {
  peer_closed_ = true;
  if (state_ == State::open) {
    state_ = State::closing;
    close_code_ = payload.size() < 2 ? close_codes::kNoStatusReceived
                                     : static_cast<std::uint16_t>(payload[0] << 8 | payload[1]);
    if (payload.size() > 2) close_reason_ = as_text(payload.subspan(2));
  }
  frames_.clear();
}

void WebSocketSession::handle_timeout(Timestamp) {
  close_code_ = close_codes::kAbnormalClosure;
  kill();
}

void WebSocketSession::kill() {
  if (wsi_ == nullptr) return;
  lws_set_timeout(wsi_, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
  context_.touch();
}

void WebSocketSession::gone(std::string_view reason, bool is_refusal) {
  if (state_ == State::closed) return;
  if (state_ != State::closing) close_reason_ = reason;
  state_ = State::closed;
  wsi_ = nullptr;
  in_transit_ = 0;
  frames_.clear();
  incoming_.clear();
  flush_call_.cancel();
  close_timer_.reset();
  if (listener_ == nullptr) return;
  std::exchange(listener_, nullptr)->on_channel_closed({close_code_, close_reason_, is_refusal});
}

}  // namespace floe::native
