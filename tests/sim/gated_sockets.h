// Sockets as a gateway lends them: each behind a ConsentGate, which drops without a word.
#pragma once

#include <map>
#include <memory>

#include "floe/api/clock.h"
#include "floe/api/datagram_socket.h"
#include "floe/consent/consent_gate.h"

namespace floe::sim {

/// What the gates dropped. A datagram that is no STUN is data, or a handshake.
struct GateDrops {
  std::size_t stun_out = 0;
  std::size_t other_out = 0;
  std::size_t stun_in = 0;
  std::size_t other_in = 0;
  std::size_t over_rate = 0;  ///< of all these
};

class GatedSockets final : public DatagramSockets {
 public:
  /// Both must outlive the sockets.
  GatedSockets(DatagramSockets& sockets, const Clock& clock) : sockets_(sockets), clock_(clock) {}

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;

  const GateDrops& drops() const { return drops_; }
  bool has_seen_a_scan() const { return scans_.is_scan(); }

 private:
  class Socket;

  bool passes(consent::Verdict verdict, std::size_t& drops);

  DatagramSockets& sockets_;
  const Clock& clock_;
  consent::HashKey key_{5, 6};
  consent::ScanWatch scans_{key_};
  GateDrops drops_;
};

}  // namespace floe::sim
