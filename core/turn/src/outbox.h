// Messages in the order in which they are to be sent, their bytes in one buffer until all are
// taken.
#pragma once

#include <optional>

#include "floe/types/bytes.h"
#include "floe/types/list.h"
#include "floe/types/time.h"

namespace floe::turn {

class Outbox {
 public:
  /// Copies `message`.
  void add(Timestamp now, Bytes message) {
    const MutableBytes place = add(now, message.size());
    std::copy(message.begin(), message.end(), place.begin());
  }
  /// A message of `size` zeros, which the caller overwrites before the next call.
  MutableBytes add(Timestamp now, std::size_t size) {
    last_added_at_ = now;
    sizes_.push_back(size);
    bytes_.resize(bytes_.size() + size);
    return MutableBytes(bytes_).last(size);
  }

  /// The next message, a view until the next call; nothing when all are taken.
  std::optional<Bytes> poll() {
    if (next_ == sizes_.size()) {
      // An idle allocation keeps no memory for messages.
      bytes_ = {};
      sizes_ = {};
      next_ = taken_ = 0;
      return std::nullopt;
    }
    const std::size_t size = sizes_[next_++];
    taken_ += size;
    return Bytes(bytes_).subspan(taken_ - size, size);
  }

  /// When the last message was added.
  Timestamp last_added_at() const { return last_added_at_; }

 private:
  ByteVector bytes_;
  List<std::size_t> sizes_;
  std::size_t next_ = 0;   ///< in sizes_
  std::size_t taken_ = 0;  ///< bytes
  Timestamp last_added_at_{};
};

}  // namespace floe::turn
