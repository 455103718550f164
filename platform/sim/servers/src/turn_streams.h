// The streams of a simulated TURN server's clients, over TCP and over TLS.
#pragma once

#include <memory>
#include <vector>

#include "floe/sim/sim_host.h"
#include "floe/turn_server/client_path.h"

namespace floe::sim {

class TurnStreams {
 public:
  class Listener {
   public:
    /// A frame of the stream. `message` is lent.
    virtual void on_message(const turn::ClientPath& path, Bytes message) = 0;
    virtual void on_closed(const turn::ClientPath& path) = 0;
    virtual bool takes_connections() const = 0;

   protected:
    ~Listener() = default;
  };

  /// Over TLS it shows a certificate for each of `ips`.
  TurnStreams(SimHost& host, const std::vector<IpAddress>& ips, std::uint16_t port,
              std::uint16_t tls_port, Listener& listener);
  ~TurnStreams();

  void send(const turn::ClientPath& path, Bytes message);
  /// As a server does that ends.
  void close_all();

 private:
  class Nobody;
  class Stream;
  class Door;

  Listener& listener_;
  std::vector<std::unique_ptr<Door>> doors_;
  std::vector<std::unique_ptr<Stream>> streams_;  // by ClientPath::stream
};

}  // namespace floe::sim
