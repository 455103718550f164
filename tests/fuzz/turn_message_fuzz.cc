// Any bytes as a message of TURN: whatever can be read of it must survive being written.
#include <array>

#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/understands.h"
#include "invariant.h"

using namespace floe;
using namespace floe::turn;
using floe::fuzz::expect;

namespace {

template <class T>
ByteVector encoded(const T& attribute, const stun::MessageView& message) {
  ByteVector buffer(0x10000 + stun::kHeaderSize);
  stun::MessageBuilder builder(buffer, stun::Class::request, message.method(),
                               message.transaction_id());
  const auto bytes = builder.add(attribute).finish();
  expect(bytes.has_value(), "what was read is too long to be written");
  return ByteVector(bytes->begin(), bytes->end());
}

/// Not compared with what came: what is reserved may be anything there.
template <class T>
void survives(const stun::MessageView& message) {
  for (std::size_t i = 0; message.find(T::kType, i); ++i) {
    const auto first = message.get<T>(i);
    if (!first) continue;
    const ByteVector bytes = encoded(*first, message);
    const auto again = stun::MessageView::parse(bytes, understands);
    expect(bool(again), "what was written is no message");
    const auto second = again->template get<T>();
    expect(bool(second), "what was written cannot be read");
    expect(equal(encoded(*second, message), bytes), "it changes by being read");
  }
}

template <class... T>
void survive(const stun::MessageView& message) {
  (survives<T>(message), ...);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = stun::MessageView::parse({data, size}, understands);
  if (!message) return 0;
  survive<Lifetime, RequestedAddressFamily, AdditionalAddressFamily, EvenPort, RequestedTransport,
          DontFragment, ReservationToken, AddressErrorCode, ChannelNumber, Data, Icmp,
          XorPeerAddress, XorRelayedAddress>(*message);
  return 0;
}
