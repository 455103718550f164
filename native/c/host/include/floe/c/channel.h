// Data channels of a C program (RFC 8831): messages to and from a peer, in order and without loss,
// or with less of both; what RTCDataChannel is in JavaScript. Every encrypted connection may have
// them, if the peer can do it, too: a program with Floe, `floe agent`, a browser.
//
//   floe_channel_options options = {.size = sizeof options, .label = "doors"};
//   floe_channel_open(connection, &options, &channel);         in on_connection, or later
//   floe_channel_send(channel, FLOE_MESSAGE_TEXT, "open", 4);  waits until the channel is open
//
// The callbacks are those of floe_room_config: on_channel and so on. The handle of a channel, of
// this end or of the peer, is valid until on_channel_close returns, which comes once for each and
// before on_gone of its connection. Channels of this end get their first callback when
// floe_channel_open() has returned.
//
// Channels cost next to nothing before one is opened, by this end or the peer: then 180 kB for the
// connection. All channels of a process belong to one thread: in a process with several hosts, to
// the thread that has the first of them.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/error.h"
#include "floe/c/export.h"
#include "floe/c/room.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum floe_channel_state {
  FLOE_CHANNEL_CONNECTING = 0,
  FLOE_CHANNEL_OPEN = 1,
  FLOE_CHANNEL_CLOSING = 2,  ///< what waits is sent, and nothing more is taken
  FLOE_CHANNEL_CLOSED = 3
} floe_channel_state;

/// What becomes of a message that is lost on its way.
typedef enum floe_reliability {
  FLOE_RELIABILITY_FULL = 0,             ///< it is sent again until it arrives
  FLOE_RELIABILITY_RETRANSMITS = 1,      ///< at most `max_retransmits` times
  FLOE_RELIABILITY_PACKET_LIFE_TIME = 2  ///< for `max_packet_life_time` milliseconds
} floe_reliability;

/// 0 means the default here, too: begin with `= {0}`.
typedef struct floe_channel_options {
  size_t size;           ///< required: sizeof(floe_channel_options)
  const char* label;     ///< UTF-8, at most 1,024 bytes, which the peer gets; default: ""
  const char* protocol;  ///< as `label`; default: ""
  void* user;            ///< see floe_channel_get_user()
  uint32_t unordered;    ///< 1: a message may overtake those before it
  uint32_t reliability;  ///< floe_reliability; default: full
  uint16_t max_retransmits;
  uint16_t max_packet_life_time;  ///< in milliseconds
  /// 1: the peer's program opens the channel, too, with the same `id`: it gets no on_channel.
  uint16_t negotiated;
  uint16_t id;  ///< of a negotiated channel: 0 to 1,023
} floe_channel_options;

/// Opens a channel and stores it in `*channel`. It may be called before the peer is there: the
/// channel opens later, or is closed when the peer carries none. `options` may be NULL for the
/// defaults; its strings are copied. The log names the member that is wrong. Errors:
/// FLOE_ERROR_ARGUMENT, also for an `id` that another channel has, FLOE_ERROR_SIZE,
/// FLOE_ERROR_CLOSED for a connection, FLOE_ERROR_LIMIT from the 257th channel of both ends on,
/// FLOE_ERROR_NO_CHANNELS when the connection is in plaintext or the peer carries none,
/// FLOE_ERROR_NOT_BUILT in a library that was built with -DFLOE_SCTP=OFF.
FLOE_API floe_error floe_channel_open(floe_connection* connection,
                                      const floe_channel_options* options, floe_channel** channel);

/// Sends a message; `data` may be reused after the call. `kind` is a floe_message_kind; the bytes
/// of a text are UTF-8. What cannot be sent at once waits, also until the channel is open. Errors,
/// with which nothing is sent: FLOE_ERROR_ARGUMENT, FLOE_ERROR_CLOSED, FLOE_ERROR_TOO_BIG beyond
/// floe_connection_max_message_size() or 1 MiB, FLOE_ERROR_QUEUE_FULL when 16 MiB wait.
FLOE_API floe_error floe_channel_send(floe_channel* channel, uint32_t kind, const void* data,
                                      size_t size);

/// Sends what waits, then closes. The handle is valid until on_channel_close, which may come during
/// this call. NULL is fine.
FLOE_API void floe_channel_close(floe_channel* channel);

/// FLOE_CHANNEL_CLOSED for NULL.
FLOE_API floe_channel_state floe_channel_get_state(const floe_channel* channel);

/// The bytes of messages that wait; 0 for NULL.
FLOE_API size_t floe_channel_buffered_amount(const floe_channel* channel);

/// When floe_channel_buffered_amount() has come down to `bytes`, on_channel_buffered_low is called.
/// 0 at first.
FLOE_API void floe_channel_set_buffered_low_threshold(floe_channel* channel, size_t bytes);

/// Both are valid as long as the channel, and untrusted if the peer opened it; "" for NULL.
FLOE_API const char* floe_channel_label(const floe_channel* channel);
FLOE_API const char* floe_channel_protocol(const floe_channel* channel);

/// The number of the channel, the same at both ends; -1 for NULL, and while there is none, since
/// DTLS decides which end has the even numbers.
FLOE_API int32_t floe_channel_id(const floe_channel* channel);

/// NULL for NULL.
FLOE_API floe_connection* floe_channel_connection(const floe_channel* channel);

/// Stores a pointer of the program's own; it is that of the options, or NULL, at first.
FLOE_API void floe_channel_set_user(floe_channel* channel, void* user);
FLOE_API void* floe_channel_get_user(const floe_channel* channel);

/// The longest message that the peer takes, in bytes; 0 for NULL, before `on_secure`, and when the
/// connection carries no channels.
FLOE_API size_t floe_connection_max_message_size(const floe_connection* connection);

#ifdef __cplusplus
}  // extern "C"
#endif
