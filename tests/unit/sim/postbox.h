// A socket of a simulated host and what has come to it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "floe/sim/world.h"

namespace floe::sim {

class Postbox final : private DatagramListener {
 public:
  struct Letter {
    TransportAddress from;
    TransportAddress to;
    std::string text;
    Timestamp at;
  };

  /// Bound at once; `port` 0 is any.
  Postbox(World& world, SimHost& host, const IpAddress& ip, std::uint16_t port = 0);

  SendStatus send(const TransportAddress& to, std::string_view text = "hello") {
    return socket_->send(to, as_bytes(text));
  }
  /// Sends, and lets it arrive; where the receiver saw it come from, if it did.
  std::optional<TransportAddress> seen_by(Postbox& receiver);
  std::optional<TransportAddress> seen_by(Postbox& receiver, const TransportAddress& at);
  /// Whether what it sends to `at` comes to `receiver`.
  bool reaches(Postbox& receiver, const TransportAddress& at) {
    return seen_by(receiver, at).has_value();
  }

  const TransportAddress& local() const { return local_; }
  bool is_bound() const { return is_bound_; }
  const std::vector<Letter>& letters() const { return letters_; }
  const std::optional<BindError>& failure() const { return failure_; }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override;
  void on_socket_failed(DatagramSocket&, BindError error) override;
  void on_datagram(DatagramSocket&, const Datagram& datagram) override;

  World& world_;
  TransportAddress local_;
  bool is_bound_ = false;
  std::optional<BindError> failure_;
  std::vector<Letter> letters_;
  std::unique_ptr<DatagramSocket> socket_;
};

}  // namespace floe::sim
