// UDP sockets that JavaScript opens.
#pragma once

#include "command_reader.h"
#include "event_writer.h"
#include "floe/api/datagram_socket.h"
#include "numbered.h"

namespace floe::wasm {

class SystemSockets final : public DatagramSockets {
 public:
  /// Events carry `handle`. `events` must outlive the object and its sockets.
  SystemSockets(EventWriter& events, std::uint32_t handle) : events_(events), handle_(handle) {}

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;

  void on_bound(CommandReader& in);
  void on_failed(CommandReader& in);
  void on_datagram(CommandReader& in);
  /// The network ends: every socket is lost.
  void fail_all();

  std::uint64_t sent() const { return sent_; }
  std::uint64_t received() const { return received_; }

 private:
  class Socket;

  EventWriter& events_;
  std::uint32_t handle_;
  Numbered<Socket> sockets_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
};

}  // namespace floe::wasm
