#include "floe/native/udp_sockets.h"

#include "loop_udp_socket.h"
#include "udp_shared.h"

namespace floe::native {

UdpSockets::UdpSockets(Loop& loop, RandomSource& random, const UdpOptions& options)
    : loop_(loop), random_(random), shared_(std::make_unique<UdpShared>(options)) {}

UdpSockets::~UdpSockets() = default;

std::unique_ptr<DatagramSocket> UdpSockets::open(const BindRequest& request,
                                                 DatagramListener& listener) {
  return open_udp(request, listener);
}

std::unique_ptr<UdpSocket> UdpSockets::open_udp(const BindRequest& request,
                                                DatagramListener& listener) {
  return std::make_unique<LoopUdpSocket>(loop_, *shared_, request, random_, listener);
}

const UdpStatistics& UdpSockets::statistics() const {
  return shared_->statistics;
}

}  // namespace floe::native
