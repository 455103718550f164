// A client of a TurnWorld, which asks one thing at a time.
#pragma once

#include <functional>
#include <optional>

#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"
#include "turn_world.h"

namespace floe::testing {

struct Reply {
  stun::MessageView message() const { return *stun::MessageView::parse(bytes, understands); }
  /// 0 when it is a success.
  int error() const;
  template <class T>
  T get(std::size_t earlier = 0) const {
    return *message().get<T>(earlier);
  }
  static bool understands(std::uint16_t type);

  ByteVector bytes;
};

class TurnClient {
 public:
  TurnClient(TurnWorld& world, const char* address, std::string username = "alice",
             std::string password = "secret");

  using Fill = std::function<void(stun::MessageBuilder&)>;
  /// Signed, with the nonce that the server gave; nothing when there is no answer yet.
  std::optional<Reply> ask(
      stun::Method method, const Fill& fill = [](stun::MessageBuilder&) {});
  /// The same request again, byte by byte.
  std::optional<Reply> ask_again();
  /// What came since the last look.
  std::optional<Reply> reply();

  /// Allocates with `fill` added, and lets the host open sockets. The error code, 0 for success.
  int allocate(const Fill& fill = [](stun::MessageBuilder&) {});
  int refresh(std::uint32_t seconds);
  int permit(const TransportAddress& peer);
  int bind(std::uint16_t channel, const TransportAddress& peer);
  void send(const TransportAddress& peer, std::string_view text);
  void send_on(std::uint16_t channel, std::string_view text);
  void send_raw(Bytes bytes);

  /// The payload of the last datagram that came to this client, with its peer or its channel before
  /// it; empty when none came.
  std::string heard();

  const TransportAddress& relayed() const { return relayed_; }
  std::string nonce();
  Bytes last_request() const { return last_request_; }

  turn::ClientPath path;
  std::string username;
  std::string password;

 private:
  TurnWorld& world_;
  TransportAddress relayed_;
  ByteVector last_request_;
  std::uint8_t requests_ = 0;
};

/// A client with an allocation, in a world of its own, that has bound channel 0x4000 to `peer`.
struct BoundClient {
  explicit BoundClient(const TransportAddress& peer);

  TurnWorld world;
  TurnClient client{world, "192.0.2.7:5000"};
};

}  // namespace floe::testing
