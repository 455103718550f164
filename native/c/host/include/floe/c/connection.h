// A connection of a C program to one peer in a room.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/counters.h"
#include "floe/c/error.h"
#include "floe/c/export.h"
#include "floe/c/output.h"
#include "floe/c/room.h"
#include "floe/c/security.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Sends `size` bytes to the peer in one datagram, at once: `data` may be reused after the call.
/// `component` is 1 unless the configuration has more. Errors: FLOE_ERROR_ARGUMENT,
/// FLOE_ERROR_TOO_BIG, FLOE_ERROR_NOT_CONNECTED, FLOE_ERROR_CLOSED, FLOE_ERROR_QUEUE_FULL,
/// FLOE_ERROR_REFUSED; nothing is queued.
FLOE_API floe_error floe_connection_send(floe_connection* connection, uint16_t component,
                                         const void* data, size_t size);

/// Starts over with new credentials and checks (RFC 8445, section 9), for instance after `failed`.
FLOE_API void floe_connection_restart(floe_connection* connection);

/// Tells the peer and closes. `reason` is a text for people to read; NULL: "closed". The handle is
/// valid until `on_gone`.
FLOE_API void floe_connection_close(floe_connection* connection, const char* reason);

/// FLOE_STATE_CLOSED for NULL.
FLOE_API floe_state floe_connection_get_state(const floe_connection* connection);

/// Stores the path that data takes in `*pair`. FLOE_ERROR_ARGUMENT; FLOE_ERROR_NOT_CONNECTED while
/// there is none.
FLOE_API floe_error floe_connection_selected_pair(const floe_connection* connection,
                                                  uint16_t component, floe_selected_pair* pair);

/// Fills `counters` up to its size field; those of signals are 0. FLOE_ERROR_ARGUMENT,
/// FLOE_ERROR_SIZE.
FLOE_API floe_error floe_connection_count(const floe_connection* connection,
                                          floe_counters* counters);

/// Stores the candidates of this end, or of the peer, that may be used now: at most `max`, in the
/// order in which they came. `*count` is how many there are, which may be more than `max`;
/// `candidates` may be NULL if `max` is 0. FLOE_ERROR_ARGUMENT.
FLOE_API floe_error floe_connection_local_candidates(const floe_connection* connection,
                                                     uint16_t component, floe_candidate* candidates,
                                                     size_t max, size_t* count);
FLOE_API floe_error floe_connection_remote_candidates(const floe_connection* connection,
                                                      uint16_t component,
                                                      floe_candidate* candidates, size_t max,
                                                      size_t* count);

/// The longest datagram that floe_connection_send() takes on a path which carries all of UDP; 0
/// while nothing can be sent, for NULL, and for a component that there is not.
FLOE_API size_t floe_connection_max_datagram_size(const floe_connection* connection,
                                                  uint16_t component);

/// Fills `security` up to its size field. Its texts are valid until the host runs again, and no
/// longer than the connection. FLOE_ERROR_ARGUMENT; FLOE_ERROR_SIZE; FLOE_ERROR_NOT_CONNECTED
/// before `on_secure`, and in plaintext.
FLOE_API floe_error floe_connection_security(const floe_connection* connection,
                                             floe_security* security);

/// Fills all `size` bytes of `out` with keys that only the two ends have (RFC 5705), for instance
/// for SRTP (RFC 5764). FLOE_ERROR_ARGUMENT, also for a `label` that TLS itself uses;
/// FLOE_ERROR_NOT_CONNECTED before `on_secure`, after the end, and in plaintext.
FLOE_API floe_error floe_connection_export_keying_material(const floe_connection* connection,
                                                           uint16_t component, const char* label,
                                                           uint8_t* out, size_t size);

/// A sentence or two for people: why there is no path, and what to do; else, the state. It has
/// addresses in it, or the peer's own words. Valid until the next call for the same connection; ""
/// for NULL.
FLOE_API const char* floe_connection_explanation(floe_connection* connection);

/// The peer's name in the room, and its id, which the server gave. Both are valid as long as the
/// connection; "" for NULL and for a name that is not known.
FLOE_API const char* floe_connection_peer_name(const floe_connection* connection);
FLOE_API const char* floe_connection_peer_id(const floe_connection* connection);

/// 1 if the peer says that it offers `service`; 0 if not, and for NULL.
FLOE_API int floe_connection_peer_offers(const floe_connection* connection, const char* service);

/// Stores a pointer of the program's own; it is NULL at first.
FLOE_API void floe_connection_set_user(floe_connection* connection, void* user);
FLOE_API void* floe_connection_get_user(const floe_connection* connection);

#ifdef __cplusplus
}  // extern "C"
#endif
