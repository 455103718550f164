// A WebSocket message that arrives in pieces.
#pragma once

#include <optional>

#include "floe/native/web_socket_channel.h"

namespace floe::native {

/// A piece of a message, as libwebsockets describes it.
struct MessagePiece {
  Bytes bytes;
  std::size_t rest_of_frame;  ///< bytes of its frame that have not yet arrived
  bool first;                 ///< it is the first piece of its message
  bool last;
  bool reserved_bits;  ///< its frame has a reserved bit set, which only an extension may do
};

/// Puts the pieces together, within a size and kMaxFragments. A message that comes in one
/// piece is passed through without a copy.
class IncomingMessage {
 public:
  enum class Outcome : std::uint8_t {
    incomplete,
    complete,
    too_long,
    too_many_fragments,
    reserved_bits,
  };

  Outcome add(const MessagePiece& piece) {
    if (piece.reserved_bits) return Outcome::reserved_bits;
    if (piece.first) clear();
    // The frame header has the length, so a message that is too long is refused at once.
    const std::size_t known = gathered_.size() + piece.bytes.size();
    if (known > size_max_ || piece.rest_of_frame > size_max_ - known) {
      return Outcome::too_long;
    }
    if (piece.rest_of_frame == 0 && !piece.last && ++fragments_ >= kMaxFragments) {
      return Outcome::too_many_fragments;
    }
    if (piece.first && piece.last) {
      whole_ = piece.bytes;
      return Outcome::complete;
    }
    gathered_.insert(gathered_.end(), piece.bytes.begin(), piece.bytes.end());
    whole_ = gathered_;
    return piece.last ? Outcome::complete : Outcome::incomplete;
  }

  /// At most kMaxMessageSize, which it is at first.
  void set_size_max(std::size_t size) { size_max_ = size; }

  /// The message, after `complete` and until the next add() or clear().
  Bytes whole() const { return whole_; }
  /// Releases the memory too: an idle connection keeps nothing.
  void clear() {
    gathered_ = ByteVector();  // `= {}` would keep the memory
    whole_ = {};
    fragments_ = 0;
  }

 private:
  ByteVector gathered_;
  Bytes whole_;
  std::size_t fragments_ = 0;
  std::size_t size_max_ = kMaxMessageSize;
};

}  // namespace floe::native
