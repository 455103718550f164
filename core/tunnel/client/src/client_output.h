// The outputs of a client's session, which its driver polls.
//
// Bytes, texts and lists are views of the message that is being read, of texts that the session
// keeps, or of constants. The event of a record is valid as long as the record's message.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "floe/api/datagram_socket.h"
#include "floe/tunnel/client/client_listener.h"
#include "floe/tunnel/records/address_lists.h"
#include "handles.h"

namespace floe::tunnel {

/// Offer it to the channel, then call handle_message_sent() or handle_channel_full().
struct MessageToSend {
  Bytes message;
};

/// Close the channel. Nothing more will be sent.
struct ChannelUnwanted {
  std::uint16_t code;
  std::string_view reason;
};

/// WELCOME came, with the addresses that sockets can be bound to.
struct SessionReady {
  BindableAddresses addresses;
};

/// The network listeners must be told that the addresses changed. Follows SessionReady.
struct AddressesChanged {};

struct GoingAway {
  GoAway record;
};

struct AlarmCame {};

struct SocketBound {
  SocketHandle socket;
  TransportAddress local;
};

/// The last event of this socket.
struct SocketFailed {
  SocketHandle socket;
  BindError error;
};

struct DatagramArrived {
  SocketHandle socket;
  Datagram datagram;
};

struct ConnectionOpened {
  ConnectionHandle connection;
  TransportAddress local;
};

struct BytesArrived {
  ConnectionHandle connection;
  Bytes bytes;
};

/// All bytes that waited for credit are sent.
struct ConnectionDrained {
  ConnectionHandle connection;
};

/// The last event of this connection.
struct ConnectionClosed {
  ConnectionHandle connection;
  std::string_view reason;
};

/// The only and last event of this lookup. `error` is empty when there are addresses.
struct LookupAnswered {
  LookupHandle lookup;
  ResolvedAddresses addresses;
  std::string_view error;
};

// ClientClosed is the last of all events.
using ClientOutput =
    std::variant<MessageToSend, ChannelUnwanted, SessionReady, AddressesChanged, GoingAway,
                 AlarmCame, SocketBound, SocketFailed, DatagramArrived, ConnectionOpened,
                 BytesArrived, ConnectionDrained, ConnectionClosed, LookupAnswered, ClientClosed>;

}  // namespace floe::tunnel
