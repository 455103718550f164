// Delivers one output of a client's session: to the channel, or to the right listener.
//
// An event finds its listener by the handle of the object that the application holds. When the
// application has destroyed the object already, the event is dropped. The call of the listener
// comes last, because the listener may destroy the object, and the client too. Events are taken by
// value, since more events may come during the call; a datagram is taken by reference, see
// EventQueue.
#pragma once

#include "client_driver.h"
#include "client_output.h"

namespace floe::tunnel {

class ClientDelivery {
 public:
  explicit ClientDelivery(ClientDriver& driver) : driver_(driver) {}

  void operator()(MessageToSend output) const;
  void operator()(ChannelUnwanted output) const;
  void operator()(SessionReady event) const;
  void operator()(AddressesChanged event) const;
  void operator()(GoingAway event) const;
  void operator()(AlarmCame event) const;
  void operator()(SocketBound event) const;
  void operator()(SocketFailed event) const;
  void operator()(const DatagramArrived& event) const;
  void operator()(ConnectionOpened event) const;
  void operator()(BytesArrived event) const;
  void operator()(ConnectionDrained event) const;
  void operator()(ConnectionClosed event) const;
  void operator()(LookupAnswered event) const;
  void operator()(ClientClosed event) const;

 private:
  ClientDriver& driver_;
};

}  // namespace floe::tunnel
