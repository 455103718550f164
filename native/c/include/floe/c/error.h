// The errors of the C API: a number for the program and a sentence for people to read.
#pragma once

#include <stdint.h>

#include "floe/c/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum floe_error {
  FLOE_OK = 0,

  // Returned by functions: the caller can do something about it. Nothing has changed.
  FLOE_ERROR_ARGUMENT = 1,       ///< a NULL that is not allowed, or a value outside its range
  FLOE_ERROR_SIZE = 2,           ///< the size field of a structure has an impossible value
  FLOE_ERROR_ADDRESS = 3,        ///< a text is no address, or nothing can be sent to the address
  FLOE_ERROR_CLOSED = 4,         ///< the agent or room is closed, by this end or by the peer
  FLOE_ERROR_LIMIT = 5,          ///< the limit for this kind of object is reached
  FLOE_ERROR_NOT_CONNECTED = 6,  ///< no path to the peer works (yet); nothing is queued
  /// Longer than a UDP datagram can be (65,507 bytes), DTLS takes (16,384), or the path carries; a
  /// message longer than the peer takes.
  FLOE_ERROR_TOO_BIG = 7,
  FLOE_ERROR_SYSTEM = 8,        ///< the operating system gave no descriptors
  FLOE_ERROR_QUEUE_FULL = 9,    ///< a queue on the way out is full; send again later if it matters
  FLOE_ERROR_REFUSED = 10,      ///< the operating system refuses to send: no route, or a firewall
  FLOE_ERROR_URL = 11,          ///< not the URL of a WebSocket
  FLOE_ERROR_FILE = 12,         ///< a file cannot be read, or holds something else
  FLOE_ERROR_IN_CALLBACK = 13,  ///< a callback may not call this function
  FLOE_ERROR_NO_CHANNELS = 14,  ///< the connection carries no data channels
  FLOE_ERROR_NOT_BUILT = 15,    ///< the library was built without this

  // In FLOE_OUTPUT_ERROR: the fault is with the peer, or with the service that carries its
  // messages.
  FLOE_ERROR_BAD_MESSAGE = 32,         ///< not a message of floe.signal.1; ignored
  FLOE_ERROR_BAD_CANDIDATE = 33,       ///< a candidate that cannot be read; the rest was used
  FLOE_ERROR_CREDENTIALS_REUSED = 34,  ///< a restart with old credentials, or half of them; ignored
  FLOE_ERROR_OWN_DESCRIPTION = 35      ///< the agent got its own message back; ignored
} floe_error;

/// A sentence that describes the error, without a full stop. Never NULL, also for numbers that are
/// no floe_error; valid for ever.
FLOE_API const char* floe_error_text(uint32_t error);

#ifdef __cplusplus
}  // extern "C"
#endif
