// The waiting datagram records of one socket and class, encoded, oldest first.
//
// Bounded by kMaxQueuedDatagrams, kMaxQueuedBytes and kMaxQueuedAge: the oldest goes, since the
// datagram that has waited longest is worth least. All records are in one buffer, so a push to a
// full queue allocates no memory.
#pragma once

#include <array>
#include <cstdint>

#include "floe/tunnel/records/limits.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::tunnel {

class DatagramQueue {
 public:
  /// Space for a record of `size` bytes, 1 to kMaxRecordSize, which the caller must fill. Adds to
  /// `dropped` the number of records that had to make room.
  MutableBytes push(Timestamp now, std::size_t size, std::uint32_t& dropped);

  /// Drops the records that have waited too long, and returns how many there were.
  std::uint32_t expire(Timestamp now);

  /// The oldest record; the queue must not be empty.
  Bytes front() const;
  void pop();

  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  std::size_t bytes_held() const { return end_ - begin_; }

 private:
  struct Entry {
    Timestamp queued_at;
    std::size_t size = 0;
  };

  Entry& oldest() { return entries_[first_]; }
  const Entry& oldest() const { return entries_[first_]; }

  std::array<Entry, kMaxQueuedDatagrams> entries_;  // a ring
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  ByteVector buffer_;  // the records, one after another, in [begin_, end_)
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace floe::tunnel
