// A room of a signalling server, in which a C program meets its peers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/choice.h"
#include "floe/c/error.h"
#include "floe/c/export.h"
#include "floe/c/host.h"
#include "floe/c/output.h"
#include "floe/c/security.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct floe_room floe_room;              ///< a place in a room of a signalling server
typedef struct floe_connection floe_connection;  ///< an agent that connects to one peer
typedef struct floe_channel floe_channel;        ///< a data channel: see channel.h

typedef enum floe_message_kind {
  FLOE_MESSAGE_TEXT = 1,  ///< UTF-8
  FLOE_MESSAGE_BINARY = 2
} floe_message_kind;

typedef enum floe_room_state {
  FLOE_ROOM_IDLE = 0,
  FLOE_ROOM_CONNECTING = 1,
  FLOE_ROOM_JOINING = 2,
  FLOE_ROOM_JOINED = 3,
  FLOE_ROOM_WAITING = 4,  ///< no connection to the server; the next attempt follows after a while
  FLOE_ROOM_CLOSED = 5    ///< left, or refused by the server: `on_error` and the log say why
} floe_room_state;

/// Why nothing can be sent yet.
typedef enum floe_waiting {
  FLOE_WAITING_SERVER = 1,  ///< it cannot be reached, or refuses; the next attempt follows
  FLOE_WAITING_PEERS = 2,   ///< this program is in the room, and nobody else is
  FLOE_WAITING_ANSWER = 3,  ///< a peer is in the room and has said nothing for 5 s
  /// A peer has answered, and after 6 s no path to it works, or the DTLS handshake is not through.
  FLOE_WAITING_PATH = 4,
  /// A server answers there, and takes no WebSocket; the next attempt follows.
  FLOE_WAITING_ADMISSION = 5,
  FLOE_WAITING_PLACE = 6,  ///< the room is full; the next attempt follows
  /// The server refuses the token. The room is closed: nothing follows.
  FLOE_WAITING_TOKEN = 7
} floe_waiting;

/// A TURN server by its URI (RFC 7065) and the long-term credentials for it. It relays where no
/// direct path works.
typedef struct floe_turn_server_uri {
  const char* uri;       ///< "turn:HOST", "turn:HOST:PORT?transport=tcp" or "turns:HOST"
  const char* username;  ///< NULL: none
  const char* password;  ///< NULL: none
} floe_turn_server_uri;

/// A one-to-one NAT in front of this machine, as in a cloud: each port of `external` leads to the
/// same port of `internal`.
typedef struct floe_external_address {
  const char* external;     ///< an IP address, which the peers are told
  const char* internal;     ///< of the same family. NULL: each address of this machine
  uint32_t hides_internal;  ///< 1: the peers are told only `external`; 0: both
  uint32_t reserved;        ///< 0
} floe_external_address;

/// 0 means the default here, too. Callbacks may be NULL.
typedef struct floe_room_config {
  size_t size;        ///< required: sizeof(floe_room_config)
  const char* url;    ///< required: ws(s)://HOST/signal/ROOM
  const char* name;   ///< required: how others know this peer; [A-Za-z0-9._~-], 1 to 64 bytes
  const char* token;  ///< the token that the server asks for, at most 4,096 bytes. Default: none
  void* user;         ///< given to the callbacks; must outlive the room

  /// A peer is in the room; connecting to it begins when this callback returns.
  void (*on_connection)(void* user, floe_connection* connection);
  /// A datagram of the peer has arrived: 0 to 65,507 bytes, with DTLS to 16,384.
  void (*on_datagram)(void* user, floe_connection* connection, uint16_t component,
                      const uint8_t* data, size_t size);
  void (*on_state)(void* user, floe_connection* connection, floe_state state);
  /// The connection is closed, or has failed and its peer left. The handle ends with this call.
  void (*on_gone)(void* user, floe_connection* connection);
  void (*on_room_state)(void* user, floe_room_state state);
  /// The server refused something, or a message of the server or of a peer could not be used;
  /// `text` says why. Default: written to the log.
  void (*on_error)(void* user, const char* text);

  uint16_t components;       ///< of each connection: 1 to 256; default 1
  uint16_t connections_max;  ///< further peers are not answered; default 16
  uint16_t port_min;         ///< of UDP sockets, 1 to 65535; default: any port
  uint16_t port_max;         ///< at least port_min; 0 only if port_min is 0

  /// STUN servers that find a way through NATs, as "stun:HOST" or "stun:HOST:PORT". Default: none.
  /// The log names each server that gives no address.
  const char* const* stun_servers;
  size_t stun_server_count;
  uint32_t nomination;  ///< floe_nomination; default: regular
  uint32_t policy;      ///< floe_policy; default: all

  /// Default: none. The log names each server that gives no address.
  const floe_turn_server_uri* turn_servers;
  size_t turn_server_count;

  uint32_t mdns;      ///< floe_mdns; default: resolve
  uint32_t reserved;  ///< 0

  /// The path that data takes was found or has changed. `pair` is valid until the callback returns.
  void (*on_selected_pair)(void* user, floe_connection* connection, const floe_selected_pair* pair);
  const floe_external_address* external_addresses;  ///< default: none
  size_t external_address_count;
  /// Nothing can be sent yet, or no longer; called again when the reason changes, and after each
  /// attempt to reach the server, which connections that work do not need. `text` says what
  /// happened, why, and what to do. Default: written to the log.
  void (*on_waiting)(void* user, floe_waiting reason, const char* text);
  /// The services that this peer offers, at most 8 names of the same characters as `name`. Default:
  /// none.
  const char* const* offers;
  size_t offer_count;
  /// The service that a peer must offer, or not say what it offers; of more peers than
  /// `connections_max`, those that say that they offer it come first. Default: any.
  const char* seeks;
  /// `state` is FLOE_STATE_FAILED or FLOE_STATE_DISCONNECTED: no path works, or none any more.
  /// `text` says what was tried, why that failed, and what to do. The log has it, too.
  void (*on_no_path)(void* user, floe_connection* connection, floe_state state, const char* text);
  /// The STUN or TURN server `url` gave no address; the others go on. `code` is 300 to 699 for the
  /// error of a server, and 701 for one that does not answer; `text` may be the server's own words,
  /// so untrusted. Default: written to the log.
  void (*on_candidate_error)(void* user, floe_connection* connection, const char* url,
                             uint32_t code, const char* text);

  /// 1: datagrams are plaintext, which everybody on the path can read and change; the peers must
  /// want the same, and the log warns of it. 0: they are encrypted with DTLS.
  uint32_t plaintext;
  uint32_t reserved2;  ///< 0
  /// This end's certificate and its key on the curve P-256, each PEM or DER: so that peers can know
  /// its fingerprint beforehand. Default: a new one for the room.
  const void* certificate;
  size_t certificate_size;
  const void* key;
  size_t key_size;
  /// SHA-256 of the certificates that a peer may have, as "AB:CD:…". Default: any that it signals.
  const char* const* expected_fingerprints;
  size_t expected_fingerprint_count;
  /// Data can be sent, and only the peer can read it: called for each component, and again when the
  /// words become known later. Default: written to the log.
  void (*on_secure)(void* user, floe_connection* connection, const floe_security* security);
  /// The connection ends instead of being encrypted; for `code` and `text` see floe_insecure.
  /// Default: written to the log.
  void (*on_insecure)(void* user, floe_connection* connection, const char* code, const char* text);

  /// The peer has opened a channel, and it is open: on_channel_open is not called for it.
  void (*on_channel)(void* user, floe_channel* channel);
  /// A channel that this program opened is open.
  void (*on_channel_open)(void* user, floe_channel* channel);
  /// A message of the peer, of at most 262,144 bytes. No 0 follows a text.
  void (*on_channel_message)(void* user, floe_channel* channel, floe_message_kind kind,
                             const uint8_t* data, size_t size);
  /// What waits has come down to the threshold: time to send more.
  void (*on_channel_buffered_low)(void* user, floe_channel* channel);
  /// Nothing more comes, and nothing more can be sent. The handle ends with this call.
  void (*on_channel_close)(void* user, floe_channel* channel);
} floe_room_config;

/// Joins a room and stays in it, also when the server goes and comes back. Every peer that is in
/// the room or joins it gets a connection. Strings and keys are copied. The log of the host names
/// the member that is wrong. Errors: FLOE_ERROR_ARGUMENT, also when a library without DTLS is to
/// encrypt, FLOE_ERROR_SIZE, FLOE_ERROR_ADDRESS for a URI that names no STUN or TURN server and for
/// a text that is no IP address, FLOE_ERROR_URL for a `url` that is not one of a WebSocket,
/// FLOE_ERROR_CLOSED for a host that a callback destroyed; a refusal by the signalling server comes
/// later. `room` may be NULL if the program never needs the handle: floe_host_destroy() also leaves
/// the room.
FLOE_API floe_error floe_room_join(floe_host* host, const floe_room_config* config,
                                   floe_room** room);

/// Sends a datagram to each peer that a path leads to. Errors as for floe_connection_send();
/// FLOE_ERROR_NOT_CONNECTED when there is no such peer, FLOE_ERROR_CLOSED after the end of the
/// room, and FLOE_OK when at least one got it.
FLOE_API floe_error floe_room_send(floe_room* room, uint16_t component, const void* data,
                                   size_t size);

/// Tells the peers, closes the room's connections, and leaves. `on_gone` may still be called, until
/// the host has run for a second. The handle stays valid until floe_room_release() or the end of
/// the host: its functions answer FLOE_ERROR_CLOSED and FLOE_ROOM_CLOSED. NULL is fine.
FLOE_API void floe_room_leave(floe_room* room);

/// Leaves, if that was not done, and frees the handle, which ends with this call. For a program
/// that joins room after room: floe_host_destroy() frees all handles, too. NULL is fine.
FLOE_API void floe_room_release(floe_room* room);

/// FLOE_ROOM_CLOSED for NULL.
FLOE_API floe_room_state floe_room_get_state(const floe_room* room);

/// The code of a floe_waiting, the same as in JavaScript: "no-peer", "signaling-unreachable" and so
/// on; "?" for other numbers. Valid for ever.
FLOE_API const char* floe_waiting_text(uint32_t reason);

#ifdef __cplusplus
}  // extern "C"
#endif
