// How many clients the gateway takes at a time: as many as its options say, or fewer, if the system
// gives fewer descriptors than they may need. A few are kept back for the loop and for what
// listens, for accepting, for names that are looked up, and for the administration, which must
// answer when all the others are in use.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gateway_options.h"

namespace floe::gateway {

class DescriptorBudget {
 public:
  static constexpr std::size_t kReserve = 48;
  static constexpr std::size_t kAdminConnections = 16;
  /// Of the loop of each worker but the first.
  static constexpr std::size_t kWorkerReserve = 16;
  static constexpr std::size_t kIdleMax = 1024;
  /// Fewer clients than this are not worth a gateway.
  static constexpr std::size_t kClientsMin = 8;

  /// Raises the limit of this process as far as it may, and divides what it gives.
  static DescriptorBudget of_this_process(const GatewayOptions& options);
  /// `descriptors` are those that are left for clients and the reserve.
  DescriptorBudget(const GatewayOptions& options, std::size_t descriptors);

  /// For other options, with the same descriptors.
  DescriptorBudget again(const GatewayOptions& options) const { return {options, descriptors_}; }

  /// Why the gateway must not run; empty: it may.
  const std::string& refusal() const { return refusal_; }
  /// What is less than the options say; empty: nothing.
  std::string cuts() const;

  std::size_t sessions() const { return sessions_.given; }
  std::size_t sockets() const { return sockets_.given; }
  /// Of HTTP: tunnels, members of rooms, strangers, and requests.
  std::size_t connections() const { return sessions_.given + strangers_.given + others_.given; }
  /// Those who have connected and shown no token yet.
  std::size_t strangers() const { return strangers_.given; }
  /// Those who have asked for nothing yet, or are idle: they leave room for requests.
  std::size_t idle() const;
  std::size_t allocations() const { return allocations_.given; }
  /// Of TLS, under way at a time.
  std::size_t handshakes() const { return handshakes_.given; }

 private:
  struct Share {
    std::size_t wanted = 0;
    std::size_t cost = 1;  ///< descriptors each
    std::size_t given = 0;
  };

  void divide(std::size_t descriptors);

  Share sessions_;
  Share sockets_;
  Share strangers_;
  Share others_;
  Share allocations_;
  Share handshakes_;
  std::size_t descriptors_;
  std::string refusal_;
};

}  // namespace floe::gateway
