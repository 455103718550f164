// A gateway as JavaScript sees it: one tunnel, whose sockets and addresses other objects use.
#pragma once

#include <memory>

#include "floe/tunnel/client/client.h"
#include "network_object.h"

namespace floe::wasm {

class GatewayObject final : public NetworkObject,
                            private TimerListener,
                            private tunnel::ClientListener {
 public:
  GatewayObject(WasmHost& host, std::uint32_t handle, std::string_view url, std::string_view token);

  NetworkParts parts() override { return {client_, client_, client_, client_}; }
  /// Sends the messages of this turn and arms the timer.
  void end_turn() override;
  bool takes_datagram(std::size_t size) const override { return client_.takes_datagram(size); }
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
  tunnel::Client client_;
};

}  // namespace floe::wasm
