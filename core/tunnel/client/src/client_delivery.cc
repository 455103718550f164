#include "client_delivery.h"

#include "tunnel_lookup.h"
#include "tunnel_socket.h"
#include "tunnel_stream.h"

namespace floe::tunnel {
namespace {

/// Returns the object with that handle and removes it from the list: this is its last event.
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

void ClientDelivery::operator()(MessageToSend output) const {
  driver_.offer(output.message);
}

void ClientDelivery::operator()(ChannelUnwanted output) const {
  driver_.close_channel(output);
}

void ClientDelivery::operator()(SessionReady event) const {
  std::vector<InterfaceAddress> addresses;
  for (BindableAddresses list = event.addresses; const auto address = list.next();) {
    addresses.push_back({address->ip, std::string{address->interface_name}});
  }
  driver_.network().set(std::move(addresses));
  if (driver_.listener() != nullptr) driver_.listener()->on_ready();
}

void ClientDelivery::operator()(AddressesChanged) const {
  if (driver_.listener() != nullptr) driver_.network().notify();
}

void ClientDelivery::operator()(GoingAway event) const {
  if (driver_.listener() != nullptr) driver_.listener()->on_go_away(event.record);
}

void ClientDelivery::operator()(AlarmCame) const {
  if (driver_.listener() != nullptr) driver_.listener()->on_alarm();
}

void ClientDelivery::operator()(SocketBound event) const {
  TunnelSocket* socket = find_by_handle(driver_.objects.sockets, event.socket);
  if (socket != nullptr) socket->listener().on_bound(*socket, event.local);
}

void ClientDelivery::operator()(SocketFailed event) const {
  TunnelSocket* socket = take_out(driver_.objects.sockets, event.socket);
  if (socket != nullptr) socket->listener().on_socket_failed(*socket, event.error);
}

void ClientDelivery::operator()(const DatagramArrived& event) const {
  TunnelSocket* socket = find_by_handle(driver_.objects.sockets, event.socket);
  if (socket != nullptr) socket->listener().on_datagram(*socket, event.datagram);
}

void ClientDelivery::operator()(ConnectionOpened event) const {
  TunnelStream* stream = find_by_handle(driver_.objects.streams, event.connection);
  if (stream != nullptr) stream->listener().on_stream_connected(event.local);
}

void ClientDelivery::operator()(BytesArrived event) const {
  TunnelStream* stream = find_by_handle(driver_.objects.streams, event.connection);
  if (stream != nullptr) stream->listener().on_stream_bytes(event.bytes);
}

void ClientDelivery::operator()(ConnectionDrained event) const {
  TunnelStream* stream = find_by_handle(driver_.objects.streams, event.connection);
  if (stream != nullptr) stream->listener().on_stream_drained();
}

void ClientDelivery::operator()(ConnectionClosed event) const {
  TunnelStream* stream = take_out(driver_.objects.streams, event.connection);
  if (stream != nullptr) stream->listener().on_stream_closed(event.reason);
}

void ClientDelivery::operator()(LookupAnswered event) const {
  TunnelLookup* lookup = take_out(driver_.objects.lookups, event.lookup);
  if (lookup == nullptr) return;
  std::vector<IpAddress> addresses;
  for (ResolvedAddresses list = event.addresses; const auto ip = list.next();) {
    addresses.push_back(*ip);
  }
  lookup->listener().on_resolved(addresses, event.error);
}

void ClientDelivery::operator()(ClientClosed event) const {
  event.is_refusal = driver_.was_refused();
  if (driver_.listener() != nullptr) driver_.listener()->on_closed(event);
}

}  // namespace floe::tunnel
