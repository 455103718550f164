// What an agent of the C API can be told.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/address.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum floe_input_kind {
  /// Describes the agent to the peer and begins: the first FLOE_OUTPUT_SIGNAL is there at once.
  /// No member. Only the first time.
  FLOE_INPUT_START_GATHERING = 1,
  /// A socket is bound: it becomes a host candidate. Member `local_socket`. FLOE_ERROR_ADDRESS for
  /// port 0, a wildcard or a multicast address; FLOE_ERROR_LIMIT beyond 64; the same socket twice
  /// changes nothing.
  FLOE_INPUT_LOCAL_SOCKET = 2,
  /// The socket is gone. Member `local_socket`, of which only `address` is read.
  FLOE_INPUT_REMOVE_LOCAL_SOCKET = 3,
  /// No more sockets will come: gathering is complete. No member.
  FLOE_INPUT_END_OF_LOCAL_SOCKETS = 4,
  /// A message of the peer. Member `signal`. What is wrong in it comes as FLOE_OUTPUT_ERROR.
  FLOE_INPUT_SIGNAL = 5,
  /// A datagram arrived. Member `datagram`. Any bytes from anywhere are fine.
  FLOE_INPUT_DATAGRAM = 6,
  /// floe_agent_deadline() has come; earlier it does nothing. No member.
  FLOE_INPUT_DEADLINE = 7,
  /// A datagram for the peer. Member `send`. FLOE_ERROR_NOT_CONNECTED, FLOE_ERROR_TOO_BIG.
  FLOE_INPUT_SEND = 8,
  /// New credentials and new checks over the same sockets (RFC 8445, section 9); until they
  /// succeed, data goes on over the old path. No member.
  FLOE_INPUT_RESTART = 9,
  /// Says everything again, to a peer that may have lost it: after the way that carries the signals
  /// was interrupted. No member.
  FLOE_INPUT_REPEAT_SIGNALS = 10,
  /// The end: the peer is told, and only outputs that are there already still come. Member `close`.
  FLOE_INPUT_CLOSE = 11,
  /// A STUN server, to be asked from every socket of its family how it sees that socket: what it
  /// answers becomes a server-reflexive candidate. Member `stun_server`. Before
  /// FLOE_INPUT_END_OF_LOCAL_SOCKETS, since gathering is complete when no server is awaited any
  /// more; one that gives no address is told by FLOE_OUTPUT_CANDIDATE_ERROR. FLOE_ERROR_ADDRESS as
  /// above; FLOE_ERROR_LIMIT beyond 8; the same one twice changes nothing; FLOE_ERROR_ARGUMENT for
  /// an agent that is lite or may only use relayed candidates.
  FLOE_INPUT_STUN_SERVER = 12,
  /// As FLOE_INPUT_LOCAL_SOCKET, for a socket behind a one-to-one NAT whose external address the
  /// program knows. Member `external_socket`. FLOE_ERROR_ADDRESS also for `external`.
  FLOE_INPUT_EXTERNAL_SOCKET = 13,
  /// A TURN server, over UDP, that relays where no direct path works: each socket of its family may
  /// get a relayed candidate. Member `turn_server`. As FLOE_INPUT_STUN_SERVER otherwise, but for
  /// agents that may only use relayed candidates, too; FLOE_ERROR_LIMIT when no more are taken.
  FLOE_INPUT_TURN_SERVER = 14
} floe_input_kind;

typedef struct floe_local_socket {
  floe_address address;  ///< where it is bound, with the port that it got
  uint16_t component;    ///< 1 to floe_agent_config.components
  /// 65535 for the best interface, another for each (RFC 8445, section 5.1.2.1)
  uint16_t preference;
} floe_local_socket;

/// A socket that peers reach at another address than its own.
typedef struct floe_external_socket {
  floe_local_socket socket;
  floe_address external;  ///< of the same family; the NAT leads from it to `socket.address`
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
  size_t size;          ///< 0 to 65,507 bytes
  uint16_t component;   ///< 1 to floe_agent_config.components
} floe_data;

typedef struct floe_close {
  const char* reason;  ///< a text to show, ending in 0; NULL: "closed". At most 200 bytes are sent.
} floe_close;

/// An input: a kind and the member that belongs to it. The library reads what pointers in it point
/// at during the call only. Its size will not change with new kinds.
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
