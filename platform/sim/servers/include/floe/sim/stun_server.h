// A STUN server in a simulated world: tells whoever asks from which address the question came
// (RFC 8489, section 2), or misbehaves as told.
#pragma once

#include <memory>
#include <optional>

#include "floe/sim/sim_host.h"
#include "floe/stun/message_view.h"

namespace floe::sim {

struct StunServerOptions {
  std::uint16_t port = 3478;
  /// Takes this long to think.
  Duration thinking_time = 0ms;
  /// Hears everything and says nothing.
  bool is_silent = false;
  /// Answers with this error code instead, 300 to 699.
  std::optional<std::uint16_t> error = {};
  /// Answers have this many bytes, a multiple of 4, by an attribute that no client has to know: at
  /// most stun::kMessageSizeMax. 0: they are as short as they can be.
  std::size_t answer_size = 0;
};

class StunServer final : private DatagramListener {
 public:
  /// `ip` is one of the addresses of `host`, which must outlive it.
  StunServer(SimHost& host, const IpAddress& ip, const StunServerOptions& options = {});

  StunServerOptions& options() { return options_; }
  std::uint64_t requests() const { return requests_; }

 private:
  void on_bound(DatagramSocket&, const TransportAddress&) override {}
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket& socket, const Datagram& datagram) override;
  ByteVector answer(const stun::MessageView& request, const TransportAddress& source) const;

  SimHost& host_;
  StunServerOptions options_;
  std::unique_ptr<DatagramSocket> socket_;
  std::uint64_t requests_ = 0;
};

}  // namespace floe::sim
