// A client of TURN over UDP or TCP that waits for each answer.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/native/unique_fd.h"
#include "floe/stun/message_builder.h"
#include "floe/types/address.h"

namespace floe::bench {

/// Between client and server; to the peer it is UDP.
enum class Transport : std::uint8_t { udp, tcp };

class TurnClient {
 public:
  /// `local` is an address of loopback; port 0 takes any.
  TurnClient(std::uint16_t server_port, const TransportAddress& local,
             Transport transport = Transport::udp);

  void allocate();
  void bind_channel(std::uint16_t channel, const TransportAddress& peer);
  const TransportAddress& relayed() const { return relayed_; }
  int fd() const { return fd_.get(); }
  /// For the channel's data, when nothing more is to be asked.
  native::UniqueFd take_fd() { return std::move(fd_); }

 private:
  using Fill = std::function<void(stun::MessageBuilder&)>;
  /// The answer, after a challenge if there was one; anything but success ends the program.
  Bytes ask(stun::Method method, const Fill& fill);
  Bytes exchange(stun::Method method, const Fill& fill);

  MbedtlsCrypto crypto_;
  Transport transport_;
  native::UniqueFd fd_;
  std::string nonce_;
  std::string realm_;
  TransportAddress relayed_;
  std::uint32_t requests_ = 0;
  std::array<std::uint8_t, 2048> request_{};
  std::array<std::uint8_t, 2048> answer_{};
};

}  // namespace floe::bench
