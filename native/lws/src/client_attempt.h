// One connection of a client on its way to being open.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connect_failure.h"
#include "floe/api/resolver.h"
#include "web_socket_session.h"
#include "web_socket_url.h"

namespace floe::native {

class ClientConnector;

/// Knows the addresses of the server's name and tries them one after another, since the server may
/// not listen on every address of its name.
class ClientAttempt final : public std::enable_shared_from_this<ClientAttempt>,
                            private ResolveListener {
 public:
  /// `connector` must outlive the attempt, or end() it.
  ClientAttempt(ClientConnector& connector, std::shared_ptr<WebSocketSession> session,
                WebSocketUrl url, std::string subprotocol);

  /// Looks the host name up, unless it is an address.
  void begin(Resolver& resolver);
  WebSocketSession& session() { return *session_; }
  const WebSocketUrl& url() const { return url_; }
  const std::string& subprotocol() const { return subprotocol_; }
  /// The address to connect to next; only after begin(), when the connector is told to go on.
  const std::string& address() const { return addresses_[next_]; }
  /// The connection failed, for this reason: tries the next address, or gives up.
  void fail(const ConnectFailure& failure);
  /// The connection is open; from now on the session owns it.
  void succeed();
  /// Gives up: no further address is tried.
  void end(const ConnectFailure& failure);

 private:
  void on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) override;

  ClientConnector* connector_;  // null once it has ended
  std::shared_ptr<WebSocketSession> session_;
  WebSocketUrl url_;
  std::string subprotocol_;
  std::unique_ptr<Resolution> resolution_;
  std::vector<std::string> addresses_;
  std::size_t next_ = 0;
};

}  // namespace floe::native
