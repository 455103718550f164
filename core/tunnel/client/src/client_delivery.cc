#include "client_delivery.h"

#include "client_lookup.h"
#include "client_socket.h"
#include "client_stream.h"
#include "gateway_network.h"

namespace floe::tunnel {
namespace {

/// The object with that handle, which leaves the list: this is the last event about it.
template <class Object, class Handle>
Object* take_out(List<Object*>& objects, Handle handle) {
  const auto place = place_of(objects, handle);
  if (place == objects.end()) return nullptr;
  Object* const object = *place;
  objects.erase(place);
  object->detach();
  return object;
}

}  // namespace

void Client::Delivery::operator()(MessageToSend output) const {
  client_.offer(output.message);
}

void Client::Delivery::operator()(ChannelUnwanted output) const {
  client_.channel_->close(output.code, output.reason);
}

void Client::Delivery::operator()(SessionReady event) const {
  std::vector<InterfaceAddress> addresses;
  for (BindableAddresses list = event.addresses; const auto address = list.next();) {
    addresses.push_back({address->ip, std::string{address->interface_name}});
  }
  client_.network_->set(std::move(addresses));
  if (client_.listener_ != nullptr) client_.listener_->on_ready();
}

void Client::Delivery::operator()(AddressesChanged) const {
  if (client_.listener_ != nullptr) client_.network_->notify();
}

void Client::Delivery::operator()(GoingAway event) const {
  if (client_.listener_ != nullptr) client_.listener_->on_go_away(event.record);
}

void Client::Delivery::operator()(AlarmCame) const {
  if (client_.listener_ != nullptr) client_.listener_->on_alarm();
}

void Client::Delivery::operator()(SocketBound event) const {
  Socket* socket = find_by_handle(client_.sockets_, event.socket);
  if (socket != nullptr) socket->listener().on_bound(*socket, event.local);
}

void Client::Delivery::operator()(SocketFailed event) const {
  Socket* socket = take_out(client_.sockets_, event.socket);
  if (socket != nullptr) socket->listener().on_socket_failed(*socket, event.error);
}

void Client::Delivery::operator()(const DatagramArrived& event) const {
  Socket* socket = find_by_handle(client_.sockets_, event.socket);
  if (socket != nullptr) socket->listener().on_datagram(*socket, event.datagram);
}

void Client::Delivery::operator()(ConnectionOpened event) const {
  Stream* stream = find_by_handle(client_.streams_, event.connection);
  if (stream != nullptr) stream->listener().on_stream_connected(event.local);
}

void Client::Delivery::operator()(BytesArrived event) const {
  Stream* stream = find_by_handle(client_.streams_, event.connection);
  if (stream != nullptr) stream->listener().on_stream_bytes(event.bytes);
}

void Client::Delivery::operator()(ConnectionDrained event) const {
  Stream* stream = find_by_handle(client_.streams_, event.connection);
  if (stream != nullptr) stream->listener().on_stream_drained();
}

void Client::Delivery::operator()(ConnectionClosed event) const {
  Stream* stream = take_out(client_.streams_, event.connection);
  if (stream != nullptr) stream->listener().on_stream_closed(event.reason);
}

void Client::Delivery::operator()(LookupAnswered event) const {
  Lookup* lookup = take_out(client_.lookups_, event.lookup);
  if (lookup == nullptr) return;
  std::vector<IpAddress> addresses;
  for (ResolvedAddresses list = event.addresses; const auto ip = list.next();) {
    addresses.push_back(*ip);
  }
  lookup->listener().on_resolved(addresses, event.error);
}

void Client::Delivery::operator()(ClientClosed event) const {
  if (client_.listener_ != nullptr) client_.listener_->on_closed(event);
}

}  // namespace floe::tunnel
