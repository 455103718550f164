// The inputs of an agent in the C API.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/address.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum floe_input_kind {
  /// Describes the agent to the peer and begins: the first FLOE_OUTPUT_SIGNAL is there at once.
  /// No member. Only the first one counts.
  FLOE_INPUT_START_GATHERING = 1,
  /// A socket is bound: it becomes a host candidate. Member `local_socket`. FLOE_ERROR_ADDRESS for
  /// port 0, a wildcard or a multicast address; FLOE_ERROR_LIMIT beyond 64; the same socket twice
  /// changes nothing.
  FLOE_INPUT_LOCAL_SOCKET = 2,
  /// The socket is gone. Member `local_socket`, of which only `address` is read.
  FLOE_INPUT_REMOVE_LOCAL_SOCKET = 3,
  /// No more sockets will come: gathering is complete. No member.
  FLOE_INPUT_END_OF_LOCAL_SOCKETS = 4,
  /// A message of the peer. Member `signal`. FLOE_OUTPUT_ERROR reports what is wrong in it.
  FLOE_INPUT_SIGNAL = 5,
  /// A datagram arrived. Member `datagram`. Any bytes from anywhere are fine.
  FLOE_INPUT_DATAGRAM = 6,
  /// The time floe_agent_deadline() has come; before that time this input does nothing. No member.
  FLOE_INPUT_DEADLINE = 7,
  /// A datagram for the peer. Member `send`. FLOE_ERROR_NOT_CONNECTED, FLOE_ERROR_TOO_BIG, and of a
  /// relay FLOE_ERROR_QUEUE_FULL, FLOE_ERROR_REFUSED.
  FLOE_INPUT_SEND = 8,
  /// New credentials and new checks over the same sockets (RFC 8445, section 9); until they
  /// succeed, data goes on over the old path. No member.
  FLOE_INPUT_RESTART = 9,
  /// Repeats all signals that describe the agent, because the peer may have lost some. Use it after
  /// the connection that carries signals was interrupted. No member.
  FLOE_INPUT_REPEAT_SIGNALS = 10,
  /// Ends the session: the peer is told, and only the outputs that are already there still come.
  /// Member `close`.
  FLOE_INPUT_CLOSE = 11,
  /// A STUN server. The agent asks it from every socket of its address family; the address in each
  /// answer becomes a server-reflexive candidate. Member `stun_server`. Give it before
  /// FLOE_INPUT_END_OF_LOCAL_SOCKETS, since gathering is complete when the agent waits for no more
  /// servers. FLOE_OUTPUT_CANDIDATE_ERROR reports a server that gives no address.
  /// FLOE_ERROR_ADDRESS as above; FLOE_ERROR_LIMIT beyond 8; the same server twice changes nothing;
  /// FLOE_ERROR_ARGUMENT for an agent that is lite or may only use relayed candidates.
  FLOE_INPUT_STUN_SERVER = 12,
  /// As FLOE_INPUT_LOCAL_SOCKET, for a socket behind a one-to-one NAT whose external address the
  /// program knows. Member `external_socket`. FLOE_ERROR_ADDRESS also for `external`.
  FLOE_INPUT_EXTERNAL_SOCKET = 13,
  /// A TURN server, over UDP. It relays where no direct path works: each socket of its address
  /// family may get a relayed candidate. Member `turn_server`. Otherwise as FLOE_INPUT_STUN_SERVER,
  /// but also allowed for an agent that may only use relayed candidates; FLOE_ERROR_LIMIT when the
  /// agent takes no more servers.
  FLOE_INPUT_TURN_SERVER = 14
} floe_input_kind;

typedef struct floe_local_socket {
  floe_address address;  ///< the address that the socket is bound to, with the port that it got
  uint16_t component;    ///< 1 to floe_agent_config.components
  /// 65535 for the best interface, a different value for each other (RFC 8445, section 5.1.2.1)
  uint16_t preference;
} floe_local_socket;

/// A socket that peers reach at another address than its own.
typedef struct floe_external_socket {
  floe_local_socket socket;
  floe_address external;  ///< of the same family; the NAT maps it to `socket.address`
  uint8_t hides_address;  ///< 1: the peer is told only `external`; 0: both
  uint8_t reserved[3];    ///< 0
} floe_external_socket;

/// A TURN server and the long-term credentials for it, ending in 0; NULL: none.
typedef struct floe_turn_server {
  floe_address address;
  const char* username;
  const char* password;
} floe_turn_server;

/// One message as text: UTF-8, at most 16 KiB, no 0 needed at its end.
typedef struct floe_signal {
  const char* text;
  size_t size;  ///< bytes
} floe_signal;

/// A datagram with both its ends.
typedef struct floe_datagram {
  floe_address local;   ///< the socket: as it was given in floe_local_socket
  floe_address remote;  ///< the other end
  const uint8_t* data;  ///< NULL only with size 0
  size_t size;          ///< bytes
} floe_datagram;

/// A datagram of the application.
typedef struct floe_data {
  const uint8_t* data;  ///< NULL only with size 0
  size_t size;          ///< 0 to 65,507 bytes, with DTLS to 16,384
  uint16_t component;   ///< 1 to floe_agent_config.components
} floe_data;

typedef struct floe_close {
  const char* reason;  ///< a text to show, ending in 0; NULL: "closed". At most 200 bytes are sent.
} floe_close;

/// An input: a kind and the member that belongs to it. The library reads the data behind its
/// pointers during the call only. Its size will not change with new kinds.
typedef struct floe_input {
  uint32_t kind;  ///< floe_input_kind
  uint32_t reserved;
  union {
    floe_local_socket local_socket;
    floe_signal signal;
    floe_datagram datagram;
    floe_data send;
    floe_close close;
    floe_address stun_server;
    floe_external_socket external_socket;
    floe_turn_server turn_server;
    uint64_t space[32];
  };
} floe_input;

#ifdef __cplusplus
}  // extern "C"
#endif
