// The five-tuple of one TURN client (RFC 8656, section 2): the client's address, the server's
// address and the transport between them.
//
// Over UDP the client's address is a socket of the agent. Over TCP and TLS it is the local end of a
// connection that the host makes, and it is known once the host has connected.
#pragma once

#include <optional>
#include <string>

#include "floe/ice/local_socket.h"
#include "floe/ice/output.h"
#include "floe/ice/turn_server.h"
#include "floe/turn/allocation_output.h"
#include "floe/types/list.h"

namespace floe::ice {

class TurnFiveTuple {
 public:
  /// `sockets` are those of the agent, best first; they must outlive it.
  TurnFiveTuple(const List<LocalSocket>& sockets, const TurnServer& server,
                StreamComponent component);

  /// The server as it was configured.
  const TurnServer& server() const { return server_; }
  /// The same server with other credentials, for the next allocation.
  void set_server(const TurnServer& server) { server_ = server; }
  bool is_stream() const { return turn::is_stream(server_.transport); }

  StreamComponent component() const { return component_; }

  const TransportAddress& local() const { return local_; }
  void set_local(const TransportAddress& local) { local_ = local; }
  /// The socket that the server is asked from; over TCP and TLS any socket of the component, for
  /// the properties that they have in common. Null: there is no such socket any more.
  const LocalSocket* socket() const;
  /// Over UDP: the first socket that may reach the server, or the one after the present one. False:
  /// there is none.
  bool use_first_socket();
  bool use_next_socket();
  /// Whether a datagram that came to `base` from `source` is on this five-tuple.
  bool has(const TransportAddress& base, const TransportAddress& source) const;

  /// The configured server, or the one that it redirected to.
  const TransportAddress& remote() const { return remote_; }

  /// Returns to the configured server, and forgets redirections.
  void restart();
  /// False: there was a redirection before, or nothing can be sent there.
  bool redirect(const turn::Redirected& redirected);

  const std::optional<TcpConnectionId>& connection() const { return connection_; }
  /// The connection that the host is to make. The name in it is a view of this object.
  TcpConnectionWanted connect(TcpConnectionId id);
  /// Forgets the connection and returns its id, if there was one.
  std::optional<TcpConnectionId> disconnect();

 private:
  bool use_socket_from(const LocalSocket* first);

  const List<LocalSocket>& sockets_;
  TurnServer server_;
  StreamComponent component_;
  TransportAddress local_;
  TransportAddress remote_;
  std::string remote_name_;  ///< in the certificate of `remote_`
  std::optional<TcpConnectionId> connection_;
  std::uint8_t redirects_ = 0;
};

}  // namespace floe::ice
