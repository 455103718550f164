// The requests of a server session to the gateway that runs it.
//
// Why an interface and not outputs that the host polls: the session needs the result of
// send_datagram() for its counters and its reports to the client. Also, payloads are views of the
// message that is being handled; a queue would have to copy them, which would need memory.
//
// Re-entrancy: the session calls these functions from inside its own. They must neither call the
// session nor destroy it before they return. Their results come later, as inputs of
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

/// Why a client is not admitted.
struct AdmissionRefusal {
  ErrorCode code = ErrorCode::unauthorized;
  /// For the client's developer; empty: that of the code. Valid until the next call of the session.
  std::string_view text = {};
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
  virtual Result<Admission, AdmissionRefusal> admit(const Hello& hello,
                                                    const SessionLimits& defaults) = 0;

  /// Answer with handle_bound() or handle_socket_failed(). `request.ip` is as the client wrote it:
  /// only the addresses of the admission may be bound.
  virtual void open_socket(SocketId socket, const BindRequest& request) = 0;
  /// Called once for each socket that was opened and did not fail. The session takes no more input
  /// about it.
  virtual void close_socket(SocketId socket) = 0;
  /// The hot path: called for each datagram that the policy lets out.
  virtual SendStatus send_datagram(SocketId socket, const TransportAddress& to, Bytes payload) = 0;

  /// Answer with handle_resolved(), within 5 seconds. `name` has letters, digits, '-', '_' and '.',
  /// at most kMaxNameSize. Give only addresses that the policy lets the client send to, since a
  /// name could otherwise reveal a network that clients must not see.
  virtual void resolve(LookupId lookup, LookupFamily family, std::string_view name) = 0;

  /// Answer with handle_opened() or handle_closed(). For TcpKind::turns, call handle_opened() only
  /// when TLS has verified the server's name. The session has already asked the policy. Bytes of
  /// the connection go to handle_bytes().
  virtual void open_tcp(TcpId connection, const TcpRequest& request) = 0;
  /// Called once for each connection that was opened and did not end. The session takes no more
  /// input about it.
  virtual void close_tcp(TcpId connection) = 0;
  /// The host must accept the data: the session sends at most kTcpWindow bytes before
  /// handle_drained() says that all of them have gone.
  virtual void send_tcp(TcpId connection, Bytes data) = 0;
  /// Back-pressure: while `reading` is false, the host must not read from the connection.
  virtual void set_tcp_reading(TcpId connection, bool reading) = 0;

  /// The session is over; all its sockets are closed already. `code` as in MessageChannel::close().
  virtual void close(std::uint16_t code, std::string_view reason) = 0;

 protected:
  ~ServerHost() = default;
};

}  // namespace floe::tunnel
