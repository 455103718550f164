#include "floe/sctp/association.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "packet.h"
#include "socket.h"
#include "stack.h"
#include "usrsctp_header.h"

namespace floe::sctp {

namespace {

// usrsctp does not say when its next timer is due. While something is under way it gets its time in
// steps of 10 ms, which is how its own thread counts, and otherwise in steps of a second.
constexpr Duration kBusyStep = std::chrono::milliseconds(10);
constexpr Duration kQuietStep = std::chrono::seconds(1);
/// Delayed acknowledgements are sent within this time after the last packet.
constexpr Duration kQuietAfter = std::chrono::milliseconds(250);

// A notification as usrsctp wrote it, into a buffer that suits it. Null when it is shorter than
// that.
template <class Event>
const Event* as(Bytes notification) {
  if (notification.size() < sizeof(Event)) return nullptr;
  return reinterpret_cast<const Event*>(notification.data());
}

}  // namespace

Association::Association(const Options& options, RandomSource& random)
    : options_(options), random_(random) {}

Association::~Association() = default;

bool Association::connect(Timestamp now) {
  if (state_ != State::fresh) return false;
  socket_ = Socket::open(now, options_, random_);
  if (!socket_ || !socket_->connect()) {
    socket_.reset();
    state_ = State::over;
    return false;
  }
  state_ = State::connecting;
  take_from_socket(now);
  return true;
}

void Association::handle_packet(Timestamp now, Bytes packet) {
  if (!socket_ || !is_packet(options_, packet)) return;
  const auto first = first_chunk(packet);
  if (first != ChunkType::init && first != ChunkType::cookie_echo) has_unsure_peer_ = false;
  enter_stack(now, random_);
  socket_->handle_packet(packet);
  take_from_socket(now);
}

void Association::handle_timeout(Timestamp now) {
  if (!socket_ || now < deadline_) return;
  enter_stack(now, random_);
  take_from_socket(now);
}

std::optional<Output> Association::poll_output() {
  if (outputs_.empty()) return std::nullopt;
  Output output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

SendResult Association::send(Timestamp now, StreamId stream, PayloadProtocol protocol,
                             Bytes message, const Delivery& delivery) {
  if (state_ != State::connected) return SendResult::not_connected;
  if (message.size() > kMessageSizeMax) return SendResult::too_long;
  enter_stack(now, random_);
  const SendResult result = socket_->send(stream, protocol, message, delivery);
  take_from_socket(now);
  return result;
}

bool Association::reset(Timestamp now, const std::vector<StreamId>& streams) {
  if (state_ != State::connected || streams.empty()) return false;
  enter_stack(now, random_);
  const bool begun = socket_->reset(streams);
  take_from_socket(now);
  return begun;
}

void Association::close(Timestamp now) {
  if (!socket_) return;
  enter_stack(now, random_);
  socket_->abort();
  take_packets(now);
  state_ = State::over;
  socket_.reset();
  deadline_ = kNever;
}

bool Association::is_packet(const Options& options, Bytes datagram) {
  return sctp::is_packet(options, datagram);
}

void Association::take_from_socket(Timestamp now) {
  while (state_ != State::over) {
    const auto received = socket_->receive();
    if (!received) break;
    quiet_from_ = now;
    if (received->is_notification) {
      take_notification(received->bytes);
    } else {
      take_message(received->stream, received->protocol, received->bytes, received->is_last_part);
    }
  }
  take_packets(now);
  expect_timers(now);
}

void Association::take_packets(Timestamp now) {
  for (ByteVector& packet : socket_->take_packets()) {
    quiet_from_ = now;
    if (state_ != State::over) transmit(std::move(packet));
  }
}

// RFC 9260, section 5.1: data may go with the COOKIE ACK, but "the COOKIE ACK chunk MUST be the
// first chunk in the packet". In a packet of its own it can be lost, or come later than the data:
// then a channel of Chromium says that it is open, and takes no message. So data has it, too, until
// the peer answers.
void Association::transmit(ByteVector packet) {
  const auto first = first_chunk(packet);
  if (first == ChunkType::cookie_ack) has_unsure_peer_ = true;
  // One that is not answered and does not fit goes as it is.
  if (has_unsure_peer_ && first == ChunkType::data) {
    (void)put_cookie_ack(packet, options_.packet_size);
  }
  outputs_.emplace_back(Transmit{std::move(packet)});
}

void Association::take_message(StreamId stream, PayloadProtocol protocol, Bytes part,
                               bool is_last) {
  ByteVector& bytes = partial_.bytes;
  if (bytes.size() + part.size() > options_.message_size_max) {
    return end(EndReason::message_too_long);
  }
  bytes.insert(bytes.end(), part.begin(), part.end());
  if (!is_last) return;
  outputs_.emplace_back(MessageReceived{stream, protocol, std::move(bytes)});
  bytes = {};
}

void Association::take_notification(Bytes notification) {
  const auto* change = as<sctp_assoc_change>(notification);
  const auto* reset = as<sctp_stream_reset_event>(notification);
  if (reset != nullptr && reset->strreset_type == SCTP_STREAM_RESET_EVENT) {
    take_resets(reset->strreset_flags, notification.subspan(sizeof *reset));
  } else if (change != nullptr && change->sac_type == SCTP_ASSOC_CHANGE) {
    take_change(change->sac_state,
                std::min(change->sac_outbound_streams, change->sac_inbound_streams),
                notification.size() > sizeof *change);
  }
}

// An abort of the peer comes with its chunk.
void Association::take_change(std::uint16_t state, std::uint16_t streams, bool has_chunk) {
  switch (state) {
    case SCTP_COMM_UP:
      state_ = State::connected;
      outputs_.emplace_back(Connected{streams});
      return;
    case SCTP_SHUTDOWN_COMP:
      return end(EndReason::closed_by_peer);
    case SCTP_COMM_LOST:
    case SCTP_CANT_STR_ASSOC:
      return end(has_chunk ? EndReason::closed_by_peer : EndReason::lost);
    default:
      return;
  }
}

void Association::take_resets(std::uint16_t flags, Bytes list) {
  std::vector<StreamId> streams;
  for (; list.size() >= sizeof(std::uint16_t); list = list.subspan(sizeof(std::uint16_t))) {
    std::uint16_t stream = 0;
    std::memcpy(&stream, list.data(), sizeof stream);
    streams.emplace_back(stream);
  }
  const bool refused = (flags & (SCTP_STREAM_RESET_DENIED | SCTP_STREAM_RESET_FAILED)) != 0;
  if ((flags & SCTP_STREAM_RESET_OUTGOING_SSN) != 0) {
    outputs_.emplace_back(ResetDone{streams, refused});
  }
  if ((flags & SCTP_STREAM_RESET_INCOMING_SSN) != 0 && !refused) {
    outputs_.emplace_back(ResetByPeer{std::move(streams)});
  }
}

void Association::end(EndReason reason) {
  if (reason == EndReason::message_too_long) socket_->abort();
  take_packets(quiet_from_);
  state_ = State::over;
  outputs_.emplace_back(Ended{reason});
}

void Association::expect_timers(Timestamp now) {
  if (state_ == State::over) {
    deadline_ = kNever;
    return;
  }
  const bool is_quiet =
      state_ == State::connected && now - quiet_from_ > kQuietAfter && socket_->is_idle();
  deadline_ = now + (is_quiet ? kQuietStep : kBusyStep);
}

}  // namespace floe::sctp
