// Delivers one output of a client's session: to the channel, or to the listener that it is for.
//
// An event finds its listener by the handle of the object that the application holds. When the
// application has destroyed the object since then, the event goes nowhere. The listener is called
// as the last thing, because it may destroy the object, and the client too.
#pragma once

#include "client_output.h"
#include "floe/tunnel/client/client.h"

namespace floe::tunnel {

class Client::Delivery {
 public:
  explicit Delivery(Client& client) : client_(client) {}

  void operator()(const MessageToSend& output) const;
  void operator()(const ChannelUnwanted& output) const;
  void operator()(const SessionReady& event) const;
  void operator()(const AddressesChanged& event) const;
  void operator()(const GoingAway& event) const;
  void operator()(const AlarmCame& event) const;
  void operator()(const SocketBound& event) const;
  void operator()(const SocketFailed& event) const;
  void operator()(const DatagramArrived& event) const;
  void operator()(const ConnectionOpened& event) const;
  void operator()(const BytesArrived& event) const;
  void operator()(const ConnectionDrained& event) const;
  void operator()(const ConnectionClosed& event) const;
  void operator()(const LookupAnswered& event) const;
  void operator()(const ClientClosed& event) const;

 private:
  Client& client_;
};

}  // namespace floe::tunnel
