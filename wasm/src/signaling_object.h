// A place in a signalling room as JavaScript sees it.
//
// Messages cross as JSON. In both directions, the codec that both ends share checks them.
#pragma once

#include "floe/signal/signaling_driver.h"
#include "object.h"

namespace floe::wasm {

class SignalingObject final : public Object, private signal::SignalingListener {
 public:
  SignalingObject(WasmHost& host, std::uint32_t handle, signal::ClientOptions options);

  void handle_command(Command command, std::uint16_t extra, CommandReader& in) override;
  void write_stats(json::Writer& out) const override;
  /// Sends what it can, then leaves the room.
  void close() override { driver_.leave(); }

 private:
  void on_client_state(signal::ClientState state) override;
  void on_joined(std::string_view self, bool resumed) override;
  void on_peer_joined(const signal::Peer& peer, ice::Role role) override;
  void on_peer_left(std::string_view peer, signal::LeaveReason reason) override;
  void on_message(const signal::Message& message, std::string_view from) override;
  void on_room_error(const signal::RoomError& error) override;
  void on_bad_message(signal::MessageError error) override;
  void send(std::string_view to, std::string_view text);

  signal::SignalingDriver driver_;
};

}  // namespace floe::wasm
