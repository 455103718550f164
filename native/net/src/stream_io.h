// How an attempt to move bytes went, over TCP or TLS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "floe/native/tcp_streams.h"

namespace floe::native {

enum class IoStatus : std::uint8_t {
  moved,        ///< `count` bytes were moved; for a handshake, it is done
  wants_read,   ///< try again when the descriptor is readable
  wants_write,  ///< try again when it is writable
  closed,       ///< by the other end, in order
  failed,       ///< a StreamFailure says why
};

struct IoResult {
  IoStatus status = IoStatus::moved;
  std::size_t count = 0;
};

struct StreamFailure {
  StreamError error = StreamError::closed;
  std::string text;  ///< a sentence to show
};

/// What an errno of connect(), send() or recv() means.
StreamFailure failure_of_errno(int number);

}  // namespace floe::native
