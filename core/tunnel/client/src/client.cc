#include "floe/tunnel/client/client.h"

#include "client_driver.h"
#include "tunnel_lookup.h"
#include "tunnel_socket.h"
#include "tunnel_stream.h"

namespace floe::tunnel {

Client::Client(MessageChannels& channels, Clock& clock, ClientListener& listener,
               ClientOptions options)
    : driver_(std::make_unique<ClientDriver>(channels, clock, listener, std::move(options))) {}

Client::~Client() {
  driver_->end();  // a listener may use the client until this returns
}

std::unique_ptr<DatagramSocket> Client::open(const BindRequest& request,
                                             DatagramListener& listener) {
  auto socket =
      std::make_unique<TunnelSocket>(*driver_, driver_->session().bind(request), listener);
  driver_->objects.sockets.push_back(socket.get());
  driver_->end_input();
  return socket;
}

std::unique_ptr<StreamSocket> Client::connect(const TransportAddress& remote,
                                              const std::optional<TlsClient>& tls,
                                              StreamListener& listener) {
  std::optional<std::string> server_name;
  if (tls) server_name = tls->server_name;
  const auto handle = driver_->session().connect(driver_->now(), remote, std::move(server_name));
  auto stream = std::make_unique<TunnelStream>(*driver_, handle, listener);
  driver_->objects.streams.push_back(stream.get());
  driver_->end_input();
  return stream;
}

std::unique_ptr<Resolution> Client::resolve(std::string_view host_name, ResolveListener& listener) {
  const auto handle = driver_->session().resolve(driver_->now(), host_name);
  auto lookup = std::make_unique<TunnelLookup>(*driver_, handle, listener);
  driver_->objects.lookups.push_back(lookup.get());
  driver_->end_input();
  return lookup;
}

std::optional<std::vector<InterfaceAddress>> Client::addresses() const {
  return driver_->network().addresses();
}

void Client::add_listener(NetworkListener& listener) {
  driver_->network().add_listener(listener);
}

void Client::remove_listener(NetworkListener& listener) {
  driver_->network().remove_listener(listener);
}

bool Client::takes_datagram(std::size_t size) const {
  return driver_->session().takes_datagram(size);
}

void Client::flush() {
  driver_->flush();
}

Timestamp Client::deadline() const {
  return driver_->session().deadline();
}

void Client::handle_timeout(Timestamp now) {
  driver_->session().handle_timeout(now);
  driver_->pump();
}

void Client::set_alarm(Timestamp when) {
  driver_->session().set_alarm(when);
  driver_->end_input();
}

void Client::ping() {
  const Timestamp now = driver_->now();
  if (driver_->session().ask_for_ping(now)) driver_->session().handle_timeout(now);
  driver_->end_input();
}

void Client::close() {
  driver_->session().close(driver_->now());
  driver_->pump();
}

bool Client::is_ready() const {
  return driver_->session().is_ready();
}

bool Client::is_closed() const {
  return driver_->session().is_closed();
}

ClientStats Client::stats() const {
  return driver_->session().stats();
}

}  // namespace floe::tunnel
