// The way to a server, for the commands that ask one: its address, and sockets that lead there.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/driver/server_lookup.h"
#include "floe/native/system_host.h"
#include "server_options.h"

namespace floe::cli {

class ServerAccess final : private DatagramListener, private ServerLookupListener {
 public:
  /// `host` must outlive it.
  ServerAccess(native::SystemHost& host, const ServerOptions& options)
      : host_(host), options_(options) {}

  /// Finds the server and opens `sockets` sockets; on failure what happened, why, and what to do.
  std::optional<std::string> open(std::size_t sockets);

  const SocketAddress& server() const { return server_; }
  /// "stun.example.org (192.0.2.1:3478)".
  std::string server_text() const;
  const SocketAddress& local(std::size_t socket) const { return sockets_[socket].local; }
  void send(std::size_t socket, const SocketAddress& to, Bytes bytes);
  /// Waits until `deadline` or until something has happened.
  void wait(Timestamp deadline);

  std::function<void(std::size_t socket, const Datagram& datagram)> on_arrival;

 private:
  struct Socket {
    std::unique_ptr<DatagramSocket> socket;
    SocketAddress local;
    bool is_bound = false;
  };

  void on_bound(DatagramSocket& socket, const SocketAddress& local) override;
  void on_socket_failed(DatagramSocket& socket, BindError error) override;
  void on_datagram(DatagramSocket& socket, const Datagram& datagram) override;
  void on_server_looked_up(const ServerLookup& lookup) override;

  std::optional<std::string> find_server();
  std::optional<std::string> open_sockets(std::size_t sockets);
  Socket& entry_of(const DatagramSocket& socket);

  native::SystemHost& host_;
  ServerOptions options_;
  SocketAddress server_;
  std::vector<Socket> sockets_;
  std::optional<BindError> bind_error_;
  std::vector<SocketAddress> addresses_;  ///< of the server
  std::string lookup_error_;
  bool is_looked_up_ = false;
};

}  // namespace floe::cli
