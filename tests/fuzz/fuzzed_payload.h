// What rides in the checks of an agent: of any size, and whatever the peer sends.
#pragma once

#include "floe/ice/check_payload.h"
#include "invariant.h"

namespace floe::fuzz {

class FuzzedPayload final : public ice::CheckPayload {
 public:
  /// From nothing to more than a message has room for.
  ice::CheckRider take(Timestamp, ice::StreamComponent, ice::RidesIn) override {
    bytes_.assign((bytes_.size() * 5 + 97) % 1500, 0x16);
    return {.datagram = bytes_, .receipts = Bytes(bytes_).first(bytes_.size() / 4 % 4 * 4)};
  }
  void give(Timestamp, ice::StreamComponent, const ice::CheckRider& rider) override {
    expect(!rider.receipts || rider.receipts->size() % 4 == 0, "a receipt is not whole");
    for (const std::uint8_t byte : rider.datagram) sum_ += byte;  // all of it can be read
  }

 private:
  ByteVector bytes_;
  std::uint64_t sum_ = 0;
};

}  // namespace floe::fuzz
