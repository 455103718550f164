#include "udp_check.h"

#include <array>

namespace floe::probes {
namespace {

constexpr Duration kUdpPatience = std::chrono::seconds(2);

}  // namespace

UdpCheck::UdpCheck(BlockingHost& host, const IpAddress& ip) : host_(host) {
  from_ = host.api().datagram_sockets.open({ip}, *this);
  to_ = host.api().datagram_sockets.open({ip}, *this);
}

void UdpCheck::on_bound(DatagramSocket& socket, const TransportAddress& local) {
  if (&socket == from_.get()) {
    is_from_bound_ = true;
  } else {
    destination_ = local;
  }
}

UdpResult UdpCheck::run() {
  const Timestamp end = host_.now() + kUdpPatience;
  const auto is_bound = [this] { return is_from_bound_ && destination_; };
  while (!is_bound() && error_.empty() && host_.now() < end) host_.wait(end);
  if (!is_bound()) return {error_.empty() ? "the system does not answer" : error_};
  const Timestamp sent_at = host_.now();
  constexpr std::array<std::uint8_t, 8> kPayload{'f', 'l', 'o', 'e'};
  (void)from_->send(*destination_, kPayload);
  while (!has_arrived_ && host_.now() < end) host_.wait(end);
  if (!has_arrived_) return {"a datagram did not arrive"};
  return {{}, host_.now() - sent_at};
}

}  // namespace floe::probes
