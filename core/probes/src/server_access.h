// The ways to a server, for probes that ask a server: its address, and sockets or connections to
// it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/driver/server_lookup.h"
#include "floe/probes/blocking_host.h"
#include "floe/probes/server_options.h"
#include "floe/types/list.h"
#include "server_stream.h"

namespace floe::probes {

class ServerAccess final : private DatagramListener, private ServerLookupListener {
 public:
  /// `host` must outlive this object.
  ServerAccess(BlockingHost& host, const ServerOptions& options) : host_(host), options_(options) {}

  /// Finds the server and opens `ways` sockets, or connections for TCP and TLS. On failure it
  /// returns a text: what happened, why, and what to do.
  std::optional<std::string> open(std::size_t ways);
  bool is_stream() const { return turn::is_stream(options_.transport); }
  /// "UDP", "TCP" or "TLS".
  std::string_view transport_text() const;
  /// The time to find the address; open_time() is the time to open all ways.
  Duration lookup_time() const { return lookup_time_; }
  Duration open_time() const { return open_time_; }

  const TransportAddress& server() const { return server_; }
  /// "stun.example.org (192.0.2.1:3478)".
  std::string server_text() const;
  const TransportAddress& local(std::size_t way) const {
    return is_stream() ? streams_[way]->local() : sockets_[way].local;
  }
  /// A connection ignores `to`, since it leads to the server only.
  void send(std::size_t way, const TransportAddress& to, Bytes bytes);
  /// Why a connection has closed; empty while it is open.
  std::string_view lost(std::size_t way) const;
  /// Waits until `deadline` or until something has happened.
  void wait(Timestamp deadline);

  /// Called with a datagram or, on a connection, with some bytes of the stream.
  std::function<void(std::size_t way, const Datagram& datagram)> on_arrival;

 private:
  struct Socket {
    std::unique_ptr<DatagramSocket> socket;
    TransportAddress local;
    bool is_bound = false;
  };

  void on_bound(DatagramSocket& socket, const TransportAddress& local) override;
  void on_socket_failed(DatagramSocket& socket, BindError error) override;
  void on_datagram(DatagramSocket& socket, const Datagram& datagram) override;
  void on_server_looked_up(const ServerLookup& lookup) override;

  std::optional<std::string> find_server();
  std::optional<std::string> open_sockets(std::size_t sockets);
  std::optional<std::string> open_streams(std::size_t streams);
  Socket& entry_of(const DatagramSocket& socket);

  BlockingHost& host_;
  ServerOptions options_;
  TransportAddress server_;
  std::vector<Socket> sockets_;
  std::vector<std::unique_ptr<ServerStream>> streams_;
  Duration lookup_time_{};
  Duration open_time_{};
  std::optional<BindError> bind_error_;
  List<TransportAddress> addresses_;  ///< of the server
  std::string lookup_error_;
  bool is_looked_up_ = false;
};

}  // namespace floe::probes
