// A connection of a C program to one peer in a room.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/error.h"
#include "floe/c/output.h"
#include "floe/c/room.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Sends `size` bytes to the peer in one datagram, at once: `data` may be reused after the call.
/// `component` is 1 unless the configuration has more. Errors: FLOE_ERROR_ARGUMENT,
/// FLOE_ERROR_TOO_BIG, FLOE_ERROR_NOT_CONNECTED, FLOE_ERROR_QUEUE_FULL, FLOE_ERROR_REFUSED; nothing
/// is queued.
floe_error floe_connection_send(floe_connection* connection, uint16_t component, const void* data,
                                size_t size);

/// Starts over with new credentials and checks (RFC 8445, section 9), for instance after `failed`.
void floe_connection_restart(floe_connection* connection);

/// Tells the peer and closes. `reason` is a text for people to read; NULL: "closed". The handle is
/// valid until `on_gone`.
void floe_connection_close(floe_connection* connection, const char* reason);

/// FLOE_STATE_CLOSED for NULL.
floe_state floe_connection_get_state(const floe_connection* connection);

/// The peer's name in the room, and its id, which the server gave. Both are valid as long as the
/// connection; "" for NULL and for a name that is not known.
const char* floe_connection_peer_name(const floe_connection* connection);
const char* floe_connection_peer_id(const floe_connection* connection);

/// Stores a pointer of the program's own; it is NULL at first.
void floe_connection_set_user(floe_connection* connection, void* user);
void* floe_connection_get_user(const floe_connection* connection);

#ifdef __cplusplus
}  // extern "C"
#endif
