#include "size_check.h"

#include <array>

#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"

namespace floe::probes {
namespace {

/// Payloads of UDP: on Ethernet over IPv4 and IPv6, on a tunnel, at the least MTU of IPv6, and what
/// every path carries.
constexpr std::array<std::size_t, 5> kSizes{1472, 1452, 1372, 1232, 548};
constexpr Duration kSizePatience = std::chrono::milliseconds(400);
constexpr int kTries = 3;

/// Zeros of an attribute that no server knows. RFC 8489, section 6.3: "Unknown
/// comprehension-optional attributes MUST be ignored by the agent."
struct Filler {
  static constexpr auto kType = static_cast<stun::AttributeType>(0xfe0e);
  std::size_t size;
  void write(ByteWriter& out, const stun::TransactionId&) const {
    for (std::size_t i = 0; i < size; ++i) out.u8(0);
  }
};

constexpr std::size_t kHeaders = 20 + 4;  // of the message, of the attribute

}  // namespace

std::optional<std::size_t> SizeCheck::run() {
  if (access_.open(1)) return std::nullopt;
  for (const std::size_t size : kSizes) {
    if (is_answered(size)) return size;
  }
  return std::nullopt;
}

bool SizeCheck::is_answered(std::size_t size) {
  stun::TransactionId id;
  host_.api().random.fill(id);
  ByteVector buffer(size);
  stun::MessageBuilder builder(buffer, stun::Class::request, stun::Method::binding, id);
  builder.add(Filler{size - kHeaders});
  const auto request = builder.finish();
  bool answered = false;
  access_.on_arrival = [&](std::size_t, const Datagram& datagram) {
    const auto message = stun::MessageView::parse(datagram.payload);
    answered = answered || (message && message->transaction_id() == id);
  };
  for (int i = 0; i < kTries && !answered; ++i) {
    access_.send(0, access_.server(), *request);
    const Timestamp end = host_.now() + kSizePatience;
    while (!answered && host_.now() < end) access_.wait(end);
  }
  access_.on_arrival = nullptr;
  return answered;
}

}  // namespace floe::probes
