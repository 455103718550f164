#include "riders.h"

#include <algorithm>
#include <utility>

#include "floe/stun/crc32.h"
#include "floe/wire/byte_writer.h"

namespace floe::peer {
namespace {

using Checksum = std::array<std::uint8_t, 4>;

/// As an entry of the list of receipts.
Checksum checksum_of(Bytes datagram) {
  Checksum checksum;
  ByteWriter(checksum).u32(stun::crc32(datagram));
  return checksum;
}

bool lists(Bytes checksums, const Checksum& wanted) {
  for (; checksums.size() >= wanted.size(); checksums = checksums.subspan(wanted.size())) {
    if (std::ranges::equal(checksums.first(wanted.size()), wanted)) return true;
  }
  return false;
}

}  // namespace

bool Riders::can_ride(Bytes datagram) {
  constexpr std::uint8_t kChangeCipherSpec = 20;
  constexpr std::uint8_t kHandshake = 22;
  return !datagram.empty() && (datagram[0] == kChangeCipherSpec || datagram[0] == kHandshake);
}

void Riders::add(Bytes datagram) {
  if (!can_ride(datagram)) return;
  // L1 "is cleared when the DTLS layer creates a new flight".
  if (std::exchange(is_complete_, false)) {
    flight_.clear();
    next_ = 0;
  }
  if (flight_.size() < kRidersMax) flight_.emplace_back(datagram.begin(), datagram.end());
}

void Riders::settle(bool has_sent_last) {
  is_settled_ = true;
  if (!has_sent_last) flight_.clear();
}

// Section "Sending a STUN Binding Request or Response": "embed one packet from L1 in a
// DTLS-IN-STUN-DATA attribute. When multiple packets are pending in L1, round-robin selection is
// RECOMMENDED." The list of receipts is there even when it is empty: for libwebrtc it is a sign
// that this end takes part.
ice::CheckRider Riders::take(Timestamp now, ice::RidesIn where) {
  if (is_over()) return {};
  if (is_settled_) --rides_left_;
  ice::CheckRider rider{.receipts = Bytes(receipts_).first(receipts_size_)};
  if (flight_.empty()) return rider;
  const Bytes datagram = flight_[next_ % flight_.size()];
  if (!may_ride(now, where, datagram.size())) return rider;
  ++next_;
  rider.datagram = datagram;
  return rider;
}

bool Riders::may_ride(Timestamp now, ice::RidesIn where, std::size_t size) {
  const std::uint32_t turn = ++turns_[where == ice::RidesIn::check ? 0 : 1];
  const bool pauses = turn > kRidesInARow && turn % 2 == 0;
  if (pauses || size > kRiderSizeMax) return false;
  return where == ice::RidesIn::answer || has_budget(now, size);
}

bool Riders::has_budget(Timestamp now, std::size_t size) {
  if (now - budget_since_ >= kRidersBudgetTime) {
    budget_since_ = now;
    spent_ = 0;
  }
  if (spent_ + size > kRidersBudget) return false;
  spent_ += size;
  return true;
}

void Riders::handle_receipts(Bytes checksums) {
  const auto has_arrived = [&](Bytes datagram) { return lists(checksums, checksum_of(datagram)); };
  if (std::erase_if(flight_, has_arrived) > 0) turns_ = {};
}

bool Riders::is_new(Bytes datagram) {
  if (!can_ride(datagram)) return false;
  const Checksum checksum = checksum_of(datagram);
  if (lists(Bytes(receipts_).first(receipts_size_), checksum)) return false;
  // The oldest gives way.
  if (receipts_size_ == receipts_.size()) {
    std::copy(receipts_.begin() + checksum.size(), receipts_.end(), receipts_.begin());
    receipts_size_ -= checksum.size();
  }
  std::ranges::copy(checksum, receipts_.begin() + static_cast<std::ptrdiff_t>(receipts_size_));
  receipts_size_ += checksum.size();
  return true;
}

}  // namespace floe::peer
