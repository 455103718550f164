#include "client_driver.h"

#include <utility>
#include <variant>

#include "client_delivery.h"
#include "tunnel_lookup.h"
#include "tunnel_socket.h"
#include "tunnel_stream.h"

namespace floe::tunnel {

ClientDriver::ClientDriver(MessageChannels& channels, const Clock& clock, ClientListener& listener,
                           ClientOptions options)
    : clock_(clock),
      listener_(&listener),
      session_(std::make_unique<ClientSession>(std::move(options.token), options.time_stamps)),
      channel_(channels.connect(options.url, kSubprotocol, *this)) {}

void ClientDriver::end() {
  listener_ = nullptr;  // no call to it from a destructor; sockets and so on still fail
  session_->close(now());
  session_->flush(now());
  while (deliver_next()) {
  }
  // The rest are objects that a listener opened during the loop: they get no event.
  for (TunnelSocket* socket : objects.sockets) socket->detach();
  for (TunnelStream* stream : objects.streams) stream->detach();
  for (TunnelLookup* lookup : objects.lookups) lookup->detach();
  if (orphan_ != nullptr) *orphan_ = std::move(session_);
}

// The channel -------------------------------------------------------------------------------------

void ClientDriver::on_channel_open() {
  session_->handle_channel_open(now());
  pump();
}

void ClientDriver::on_channel_message(MessageKind kind, Bytes message) {
  if (kind == MessageKind::text) {
    session_->handle_text_message(now());
  } else {
    session_->handle_message(now(), message);
  }
  pump();
}

void ClientDriver::on_channel_closed(const ChannelClosed& closed) {
  was_refused_ = closed.is_refusal;
  session_->handle_channel_closed(closed.code, closed.reason);
  pump();
}

void ClientDriver::on_channel_drained() {
  session_->handle_channel_drained(now());
  pump();
}

void ClientDriver::offer(Bytes message) {
  if (channel_->send(MessageKind::binary, message)) {
    session_->handle_message_sent();
  } else {
    session_->handle_channel_full();
  }
}

void ClientDriver::close_channel(const ChannelUnwanted& unwanted) {
  channel_->close(unwanted.code, unwanted.reason);
}

// Outputs of the session --------------------------------------------------------------------------

void ClientDriver::flush() {
  flush_requested_ = false;
  session_->flush(now());
  pump();
}

void ClientDriver::pump() {
  if (orphan_ != nullptr) return;  // the pump() further up the stack goes on
  std::unique_ptr<ClientSession> orphan;
  orphan_ = &orphan;
  while (deliver_next()) {
    if (orphan) return;
  }
  orphan_ = nullptr;
}

bool ClientDriver::deliver_next() {
  const ClientOutput* output = session_->poll_output();
  request_flush();
  if (output == nullptr) return false;
  std::visit(ClientDelivery(*this), *output);
  return true;
}

void ClientDriver::end_input() {
  for (Bytes message = session_->poll_message(); !message.empty();
       message = session_->poll_message()) {
    offer(message);
  }
  request_flush();
}

void ClientDriver::request_flush() {
  if (listener_ == nullptr || flush_requested_ || !session_->wants_flush()) return;
  flush_requested_ = true;
  listener_->on_flush_wanted();
}

}  // namespace floe::tunnel
