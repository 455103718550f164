// Floe for a C program on Linux: joins a room of a signalling server and exchanges datagrams with
// the peers in it. Sockets, timers and the event loop are the library's; link floe::native.
//
//   floe_host* host;                              one a program is enough
//   floe_host_create(NULL, &host);
//   floe_room_join(host, &config, &room);         callbacks in `config`
//   floe_host_run(host);                          or floe_host_fd() in a loop of the program's own
//   floe_host_destroy(host);
//
// A host and everything made with it belongs to one thread, except for floe_host_stop(); the
// library starts no other thread that calls the program. Callbacks come from inside
// floe_host_run(), floe_host_run_once() and floe_host_destroy(); when another function changes a
// state, its callback comes from inside that function. A callback may call every function except
// those that run or destroy the host. Memory that a callback gets a pointer to is valid until the
// callback returns; handles live longer.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/choice.h"
#include "floe/c/error.h"
#include "floe/c/output.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct floe_host floe_host;              ///< an event loop, sockets and WebSockets
typedef struct floe_room floe_room;              ///< a place in a room of a signalling server
typedef struct floe_connection floe_connection;  ///< an agent that connects to one peer

// The host ----------------------------------------------------------------------------------------

typedef enum floe_log_level {
  FLOE_LOG_DEFAULT = 0,  ///< info
  FLOE_LOG_DEBUG = 1,
  FLOE_LOG_INFO = 2,
  FLOE_LOG_WARNING = 3,
  FLOE_LOG_ERROR = 4
} floe_log_level;

/// One line, without a line end; `area` names the part of the library: "ice", "signal", "ws".
typedef void (*floe_log)(void* user, floe_log_level level, const char* area, const char* text);

/// As with floe_agent_config: 0 means the default, so begin with `= {0}`.
typedef struct floe_host_config {
  size_t size;  ///< required: sizeof(floe_host_config)
  /// IP addresses as text, to use these and no others. Default: those of all interfaces but
  /// loopback and link-local ones. Read during floe_host_create() only.
  const char* const* only_addresses;
  size_t only_address_count;
  const char*
      tls_ca_file;  ///< PEM file; authorities trusted for wss:// and turns: besides the system's
  floe_log log;     ///< default: standard error
  void* log_user;   ///< given to `log`; must outlive the host
  uint32_t log_minimum;  ///< floe_log_level
} floe_host_config;

/// Makes a host and stores it in `*host`; `config` may be NULL for the defaults. Errors:
/// FLOE_ERROR_ARGUMENT, FLOE_ERROR_SIZE, FLOE_ERROR_ADDRESS for a text that is no IP address,
/// FLOE_ERROR_FILE for a `tls_ca_file` that cannot be used, FLOE_ERROR_SYSTEM.
floe_error floe_host_create(const floe_host_config* config, floe_host** host);

/// Runs until floe_host_stop(); at once when it was called since the last run ended.
/// FLOE_ERROR_ARGUMENT for NULL.
floe_error floe_host_run(floe_host* host);

/// Waits for work at most `max_wait_us` microseconds, then does it; a negative number waits without
/// limit. FLOE_ERROR_ARGUMENT for NULL.
floe_error floe_host_run_once(floe_host* host, int64_t max_wait_us);

/// Ends a wait, and makes floe_host_run() return soon. Any thread and any signal handler may call
/// it for as long as the host lives; errno is kept. NULL is fine.
void floe_host_stop(floe_host* host);

/// A descriptor for an event loop of the program's own. It is readable when
/// floe_host_run_once(host, 0) has something to do, timers included. The host owns the descriptor;
/// -1 for NULL.
int floe_host_fd(floe_host* host);

/// Leaves all rooms and frees everything made with the host, rooms and connections too; their last
/// callbacks come during the call. It does not wait for peers. NULL is fine.
void floe_host_destroy(floe_host* host);

// Rooms -------------------------------------------------------------------------------------------

typedef enum floe_room_state {
  FLOE_ROOM_IDLE = 0,
  FLOE_ROOM_CONNECTING = 1,
  FLOE_ROOM_JOINING = 2,
  FLOE_ROOM_JOINED = 3,
  FLOE_ROOM_WAITING = 4,  ///< no connection to the server; the next attempt follows after a while
  FLOE_ROOM_CLOSED = 5    ///< left, or refused by the server: `on_error` and the log say why
} floe_room_state;

/// A TURN server by its URI (RFC 7065) and the long-term credentials for it. It relays where no
/// direct path works.
typedef struct floe_turn_server_uri {
  const char* uri;       ///< "turn:HOST", "turn:HOST:PORT?transport=tcp" or "turns:HOST"
  const char* username;  ///< NULL: none
  const char* password;  ///< NULL: none
} floe_turn_server_uri;

/// 0 means the default here, too. Callbacks may be NULL.
typedef struct floe_room_config {
  size_t size;        ///< required: sizeof(floe_room_config)
  const char* url;    ///< required: ws(s)://HOST/signal/ROOM
  const char* name;   ///< required: how others know this peer; [A-Za-z0-9._~-], 1 to 64 bytes
  const char* token;  ///< the token that the server asks for, at most 4,096 bytes. Default: none
  void* user;         ///< given to the callbacks; must outlive the room

  /// A peer is in the room; connecting to it begins when this callback returns.
  void (*on_connection)(void* user, floe_connection* connection);
  /// A datagram of the peer has arrived: 0 to 65,507 bytes.
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
} floe_room_config;

/// Joins a room and stays in it, also when the server goes and comes back. Every peer that is in
/// the room or joins it gets a connection. Strings are copied. Errors: FLOE_ERROR_ARGUMENT,
/// FLOE_ERROR_SIZE, FLOE_ERROR_ADDRESS for a URI that names no STUN or TURN server, FLOE_ERROR_URL
/// for a `url` that is not one of a WebSocket; a refusal by the signalling server comes later.
/// `room` may be NULL if the program never needs the handle: floe_host_destroy() also leaves the
/// room.
floe_error floe_room_join(floe_host* host, const floe_room_config* config, floe_room** room);

/// Sends a datagram to each peer that a path leads to. Errors as for floe_connection_send();
/// FLOE_ERROR_NOT_CONNECTED when there is no such peer, and FLOE_OK when at least one got it.
floe_error floe_room_send(floe_room* room, uint16_t component, const void* data, size_t size);

/// Tells the peers, closes the room's connections, and leaves. The handle ends with this call;
/// `on_gone` may still be called, until the host has run for a second. NULL is fine.
void floe_room_leave(floe_room* room);

/// FLOE_ROOM_CLOSED for NULL.
floe_room_state floe_room_get_state(const floe_room* room);

// Connections -------------------------------------------------------------------------------------

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
