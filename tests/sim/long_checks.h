// The sockets of a host whose agent carries something in its checks, as DTLS in STUN does: each
// Binding request and success that it signs leaves with an attribute that nobody has to know, which
// fills it up to a size. What goes by a relay of its own leaves as it is.
#pragma once

#include <memory>

#include "floe/api/host.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/ice/agent.h"
#include "floe/stun/message_view.h"

namespace floe::sim {

class LongChecks final : public DatagramSockets {
 public:
  /// What `host` refers to must outlive it. `size` is a multiple of 4.
  LongChecks(const Host& host, std::size_t size) : host_(host), size_(size) {}

  /// The host, with these sockets in the place of its own.
  Host host();
  /// Whose messages these are, before it sends any: they are signed by its passwords.
  void watch(const ice::Agent& agent) { agent_ = &agent; }
  /// How many messages have left with the size.
  std::size_t count() const { return count_; }

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;

 private:
  class Socket;
  /// `payload` as it leaves.
  ByteVector filled(Bytes payload);
  ByteVector fill(const stun::MessageView& message) const;

  Host host_;
  std::size_t size_;
  const ice::Agent* agent_ = nullptr;
  mutable MbedtlsCrypto crypto_;
  std::size_t count_ = 0;
};

}  // namespace floe::sim
