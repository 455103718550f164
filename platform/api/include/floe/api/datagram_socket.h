// A host provides UDP sockets.
//
// Opening is asynchronous, because some hosts must ask another program for a socket: WebAssembly in
// a page gets its sockets from a gateway.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe {

/// The longest UDP payload over IPv4; every host can receive it.
inline constexpr std::size_t kMaxDatagramSize = 65507;

enum class SendStatus : std::uint8_t {
  sent,       ///< handed on; the network may still lose it
  dropped,    ///< a queue was full; try again later if it matters
  too_large,  ///< longer than this path or host allows
  failed,     ///< refused (no route, denied, port unreachable); another destination may work
};

enum class BindError : std::uint8_t {
  address_in_use,
  address_not_available,
  denied,
  limit,
  closed
};

constexpr std::string_view to_text(BindError error) {
  switch (error) {
    case BindError::address_in_use:
      return "address in use";
    case BindError::address_not_available:
      return "address not available";
    case BindError::denied:
      return "denied";
    case BindError::limit:
      return "limit reached";
    case BindError::closed:
      return "connection to the host of sockets closed";
  }
  return "?";
}

struct Datagram {
  /// The address of this host that the datagram came to: never a wildcard, also when the socket is
  /// bound to one (RFC 8445, section 7.2.5.2.1 needs it for the symmetry test).
  TransportAddress local;
  TransportAddress remote;
  Bytes payload;  ///< valid for the duration of the call
};

class DatagramSocket;

class DatagramListener {
 public:
  /// Once, and never from inside open(). Peers on this network reach the socket at `local`.
  virtual void on_bound(DatagramSocket& socket, const TransportAddress& local) = 0;
  /// Once, instead of on_bound(), or later when a bound socket is lost. The socket is dead.
  virtual void on_socket_failed(DatagramSocket& socket, BindError error) = 0;
  /// The listener may destroy this socket, or any other; the host then delivers no more of its
  /// datagrams.
  virtual void on_datagram(DatagramSocket& socket, const Datagram& datagram) = 0;

 protected:
  ~DatagramListener() = default;
};

/// Destroying it closes it; the listener hears nothing more.
class DatagramSocket {
 public:
  virtual ~DatagramSocket() = default;
  /// Before on_bound(), and to the other address family, the answer is `failed`. `payload` may be
  /// empty. No listener hears anything from inside this call.
  virtual SendStatus send(const TransportAddress& to, Bytes payload) = 0;
};

struct BindRequest {
  IpAddress ip;
  std::uint16_t port_min = 0;  ///< 0 with port_max 0: any port
  std::uint16_t port_max = 0;
};

class DatagramSockets {
 public:
  virtual ~DatagramSockets() = default;
  /// `listener` must outlive the socket.
  virtual std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                               DatagramListener& listener) = 0;
};

}  // namespace floe
