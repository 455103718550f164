#include "floe/tunnel/client/client.h"

#include <variant>

#include "client_delivery.h"
#include "client_lookup.h"
#include "client_session.h"
#include "client_socket.h"
#include "client_stream.h"
#include "gateway_network.h"

namespace floe::tunnel {

Client::Client(MessageChannels& channels, Clock& clock, ClientListener& listener,
               ClientOptions options)
    : clock_(clock),
      listener_(&listener),
      session_(std::make_unique<ClientSession>(std::move(options.token), options.time_stamps)),
      network_(std::make_unique<GatewayNetwork>()),
      channel_(channels.connect(options.url, kSubprotocol, *this)) {}

Client::~Client() {
  listener_ = nullptr;  // the owner hears nothing from a destructor; sockets and so on do
  session_->close(clock_.now());
  session_->flush(clock_.now());
  while (deliver_next()) {
  }
  // What a listener has opened or asked since then goes without a word.
  for (Socket* socket : sockets_) socket->detach();
  for (Stream* stream : streams_) stream->detach();
  for (Lookup* lookup : lookups_) lookup->detach();
  if (orphan_ != nullptr) *orphan_ = std::move(session_);
}

std::unique_ptr<DatagramSocket> Client::open(const BindRequest& request,
                                             DatagramListener& listener) {
  auto socket = std::make_unique<Socket>(*this, session_->bind(request), listener);
  sockets_.push_back(socket.get());
  end_input();
  return socket;
}

std::optional<std::vector<InterfaceAddress>> Client::addresses() const {
  return network_->addresses();
}

void Client::add_listener(NetworkListener& listener) {
  network_->add_listener(listener);
}

void Client::remove_listener(NetworkListener& listener) {
  network_->remove_listener(listener);
}

std::unique_ptr<Resolution> Client::resolve(std::string_view host_name, ResolveListener& listener) {
  auto lookup =
      std::make_unique<Lookup>(*this, session_->resolve(clock_.now(), host_name), listener);
  lookups_.push_back(lookup.get());
  end_input();
  return lookup;
}

std::unique_ptr<StreamSocket> Client::connect(const TransportAddress& remote,
                                              const std::optional<TlsClient>& tls,
                                              StreamListener& listener) {
  std::optional<std::string> server_name;
  if (tls) server_name = tls->server_name;
  const auto handle = session_->connect(clock_.now(), remote, std::move(server_name));
  auto stream = std::make_unique<Stream>(*this, handle, listener);
  streams_.push_back(stream.get());
  end_input();
  return stream;
}

void Client::flush() {
  flush_requested_ = false;
  session_->flush(clock_.now());
  pump();
}

Timestamp Client::deadline() const {
  return session_->deadline();
}

void Client::handle_timeout(Timestamp now) {
  session_->handle_timeout(now);
  pump();
}

void Client::set_alarm(Timestamp when) {
  session_->set_alarm(when);
  end_input();
}

void Client::close() {
  session_->close(clock_.now());
  pump();
}

bool Client::is_ready() const {
  return session_->is_ready();
}

bool Client::is_closed() const {
  return session_->is_closed();
}

ClientStats Client::stats() const {
  return session_->stats();
}

void Client::on_channel_open() {
  session_->handle_channel_open(clock_.now());
  pump();
}

void Client::on_channel_message(MessageKind kind, Bytes message) {
  if (kind == MessageKind::text) {
    session_->handle_text_message(clock_.now());
  } else {
    session_->handle_message(clock_.now(), message);
  }
  pump();
}

void Client::on_channel_closed(const ChannelClosed& closed) {
  session_->handle_channel_closed(closed.code, closed.reason);
  pump();
}

void Client::on_channel_drained() {
  session_->handle_channel_drained(clock_.now());
  pump();
}

void Client::pump() {
  if (orphan_ != nullptr) return;  // the pump() further up the stack goes on
  std::unique_ptr<ClientSession> orphan;
  orphan_ = &orphan;
  while (deliver_next()) {
    if (orphan) return;
  }
  orphan_ = nullptr;
}

bool Client::deliver_next() {
  const ClientOutput* output = session_->poll_output();
  request_flush();
  if (output == nullptr) return false;
  std::visit(Delivery(*this), *output);
  return true;
}

void Client::end_input() {
  for (Bytes message = session_->poll_message(); !message.empty();
       message = session_->poll_message()) {
    offer(message);
  }
  request_flush();
}

void Client::offer(Bytes message) {
  if (channel_->send(MessageKind::binary, message)) {
    session_->handle_message_sent();
  } else {
    session_->handle_channel_full();
  }
}

void Client::request_flush() {
  if (listener_ == nullptr || flush_requested_ || !session_->wants_flush()) return;
  flush_requested_ = true;
  listener_->on_flush_wanted();
}

}  // namespace floe::tunnel
