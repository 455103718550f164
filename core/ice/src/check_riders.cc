#include "check_riders.h"

#include "floe/stun/attributes/embedded_dtls.h"

namespace floe::ice {
namespace {

constexpr std::size_t kEndSize = stun::attribute_size(20) + stun::attribute_size(4);

}  // namespace

// Section "SDP Offer/Answer Procedures": "If the answer does not contain sped, the offerer MUST NOT
// send the STUN attributes defined in this specification".
CheckRider CheckRiders::take(Timestamp now, StreamComponent component, RidesIn where) const {
  const bool is_agreed = core_.payload != nullptr && remote_ && remote_->options.sped;
  return is_agreed ? core_.payload->take(now, component, where) : CheckRider{};
}

// Section "STUN Checks Received Before the SDP Answer": "An offerer that advertises sped MUST
// therefore be prepared to receive and process authenticated STUN messages containing SPED
// attributes before learning whether the answer includes the option."
void CheckRiders::give(Timestamp now, StreamComponent component,
                       const stun::MessageView& message) const {
  if (core_.payload == nullptr || (remote_ && !remote_->options.sped)) return;
  const auto datagram = message.get<stun::DtlsInStun>();
  const auto receipts = message.get<stun::DtlsInStunAck>();
  if (!datagram && !receipts) return;
  CheckRider rider;
  if (datagram) rider.datagram = datagram->datagram;
  if (receipts) rider.receipts = receipts->checksums;
  core_.payload->give(now, component, rider);
}

void add_rider(stun::MessageBuilder& builder, const CheckRider& rider) {
  if (rider.receipts) builder.add(stun::DtlsInStunAck{*rider.receipts});
  const std::size_t size = stun::attribute_size(rider.datagram.size());
  if (rider.datagram.empty() || size + kEndSize > builder.space()) return;
  builder.add(stun::DtlsInStun{rider.datagram});
}

}  // namespace floe::ice
