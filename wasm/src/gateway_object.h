// A gateway as JavaScript sees it: one tunnel, whose sockets and addresses other objects use.
//
// The other objects keep it alive. When the tunnel is closed or lost, their sockets fail.
#pragma once

#include <memory>

#include "floe/api/host.h"
#include "floe/tunnel/client/client.h"
#include "object.h"

namespace floe::wasm {

class GatewayObject final : public Object, private TimerListener, private tunnel::ClientListener {
 public:
  GatewayObject(WasmHost& host, std::uint32_t handle, std::string_view url, std::string_view token);

  tunnel::Client& client() { return client_; }
  /// The module's host with this gateway's sockets, streams and names. `network` is what an agent
  /// sees of the gateway's addresses.
  Host host_with(NetworkMonitor& network);
  /// Sends the messages of this turn and arms the timer.
  void end_turn();
  /// Whether datagrams to the gateway were dropped since the last call.
  bool has_dropped();
  /// A datagram could not be sent through this gateway; counts as dropped.
  void note_dropped() { dropped_ = true; }
  void close() override { client_.close(); }

  void handle_command(Command command, std::uint16_t extra, CommandReader& in) override;
  void write_stats(json::Writer& out) const override;

 private:
  void handle_timeout(Timestamp now) override;
  void on_ready() override;
  void on_go_away(const tunnel::GoAway& go_away) override;
  void on_closed(const tunnel::ClientClosed& closed) override;

  std::unique_ptr<Timer> timer_;
  Timestamp armed_for_ = kNever;
  std::uint64_t drops_seen_ = 0;
  bool dropped_ = false;
  tunnel::Client client_;
};

}  // namespace floe::wasm
