// Messages in the order in which they are to be sent, their bytes in one buffer until all are
// taken.
#pragma once

#include <optional>

#include "floe/types/bytes.h"
#include "floe/types/list.h"

namespace floe::turn {

class Outbox {
 public:
  void add(Bytes message) {
    sizes_.push_back(message.size());
    bytes_.insert(bytes_.end(), message.begin(), message.end());
  }
  /// `size` bytes to be written by the caller at once.
  MutableBytes add(std::size_t size) {
    sizes_.push_back(size);
    bytes_.resize(bytes_.size() + size);
    return MutableBytes(bytes_).last(size);
  }

  /// Lent until the next call.
  std::optional<Bytes> poll() {
    if (next_ == sizes_.size()) {
      // An idle allocation keeps no room.
      *this = Outbox();
      return std::nullopt;
    }
    const std::size_t size = sizes_[next_++];
    taken_ += size;
    return Bytes(bytes_).subspan(taken_ - size, size);
  }
  bool is_empty() const { return next_ == sizes_.size(); }

 private:
  ByteVector bytes_;
  List<std::size_t> sizes_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace floe::turn
