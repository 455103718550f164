// What is in a datagram: whose it is, its number, and when it left. The rest is filled with a byte
// that follows from these, so that a piece of another datagram is noticed.
//
//   0x80 (no STUN) | run u32 | client u32 | session u32 | number u32 | sent u64, µs | fill
#pragma once

#include <optional>

#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::soak {

struct Label {
  static constexpr std::size_t kSize = 25;
  static constexpr std::uint8_t kNotStun = 0x80;

  std::uint32_t run = 0;
  std::uint32_t client = 0;
  std::uint32_t session = 0;  ///< of the client, from 1
  std::uint32_t number = 0;   ///< of the session's datagrams
  Timestamp sent_at{};

  /// Fills all of `payload`, which has room for it.
  void write(MutableBytes payload) const;
  /// Empty: this was never written by write().
  static std::optional<Label> read(Bytes payload);

 private:
  std::uint8_t fill() const;
};

}  // namespace floe::soak
