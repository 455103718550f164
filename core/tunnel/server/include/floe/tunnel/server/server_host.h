// The requests of a server session to the gateway that runs it.
//
// Why an interface and not outputs that the host polls: the answer of send_datagram() decides what
// is counted and told to the client, and payloads are views of the message that is being handled,
// which a queue would have to copy: a datagram costs one copy less, and no memory.
//
// Re-entrancy: these are called from inside the session's functions, and must neither call any of
// its functions nor destroy it before they return. Their results come later, as inputs of
// ServerSession::sockets(), lookups() and connections(). After close() the session calls nothing
// more. Views in arguments are valid for the duration of the call.
#pragma once

#include <span>
#include <string_view>

#include "floe/api/datagram_socket.h"
#include "floe/api/network_monitor.h"
#include "floe/tunnel/records/error_code.h"
#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/name_records.h"
#include "floe/tunnel/records/session_records.h"
#include "floe/tunnel/records/tcp_records.h"
#include "floe/tunnel/server/session_limits.h"
#include "floe/types/result.h"

namespace floe::tunnel {

/// The terms for a client that is admitted.
struct Admission {
  std::uint64_t session_id = 0;  ///< should be unpredictable: it keys hash tables too
  SessionLimits limits;
  /// The addresses that the client may bind, as they are advertised. Valid until the next call of
  /// the session.
  std::span<const InterfaceAddress> addresses;
};

/// A TCP connection that a client asks for.
struct TcpRequest {
  TcpKind kind = TcpKind::turn;
  TransportAddress remote;
  std::string_view server_name;  ///< of TcpKind::turns only
};

class ServerHost {
 public:
  /// Checks the token. `defaults` are the limits that the session was made with; a token may change
  /// them. An error ends the session.
  virtual Result<Admission, ErrorCode> admit(const Hello& hello, const SessionLimits& defaults) = 0;

  /// Answer with handle_bound() or handle_socket_failed(). `request.ip` is as the client wrote it:
  /// only the addresses of the admission may be bound.
  virtual void open_socket(SocketId socket, const BindRequest& request) = 0;
  /// Once for each socket that was opened and did not fail. The session takes no more input about
  /// it.
  virtual void close_socket(SocketId socket) = 0;
  /// The hot path: called for each datagram that the policy lets out.
  virtual SendStatus send_datagram(SocketId socket, const TransportAddress& to, Bytes payload) = 0;

  /// Answer with handle_resolved(), within 5 seconds. `name` has letters, digits, '-', '_' and '.',
  /// at most kMaxNameSize. Only addresses that the policy lets the client send to may be told,
  /// since a name could also reveal a network that clients must not see.
  virtual void resolve(LookupId lookup, LookupFamily family, std::string_view name) = 0;

  /// Answer with handle_opened() or handle_closed(); of TcpKind::turns when TLS has verified the
  /// server's name. The policy has been asked. Bytes of the connection go to handle_bytes().
  virtual void open_tcp(TcpId connection, const TcpRequest& request) = 0;
  /// Once for each connection that was opened and did not end. The session takes no more input
  /// about it.
  virtual void close_tcp(TcpId connection) = 0;
  /// The host must accept it: at most kTcpWindow bytes are sent before handle_drained() says that
  /// all have gone.
  virtual void send_tcp(TcpId connection, Bytes data) = 0;
  /// Back-pressure: while false nothing of the connection is to be read.
  virtual void set_tcp_reading(TcpId connection, bool reading) = 0;

  /// The session is over; all its sockets are closed already. `code` as in MessageChannel::close().
  virtual void close(std::uint16_t code, std::string_view reason) = 0;

 protected:
  ~ServerHost() = default;
};

}  // namespace floe::tunnel
