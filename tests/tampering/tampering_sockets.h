// Sockets that change the datagrams that pass, in both directions.
#pragma once

#include "datagram_attack.h"
#include "floe/native/udp_sockets.h"

namespace floe::tampering {

class TamperingSockets final : public native::UdpSocketSource {
 public:
  /// `honest` must outlive the sockets.
  TamperingSockets(native::UdpSocketSource& honest, std::optional<DatagramAttackKind> attack)
      : honest_(honest), attack_(attack) {}

  std::unique_ptr<native::UdpSocket> open_udp(const BindRequest& request,
                                              DatagramListener& listener) override;

 private:
  class Socket;

  native::UdpSocketSource& honest_;
  std::optional<DatagramAttackKind> attack_;
};

}  // namespace floe::tampering
