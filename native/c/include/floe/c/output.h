// The outputs of an agent in the C API.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/export.h"
#include "floe/c/input.h"
#include "floe/c/security.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum floe_output_kind {
  FLOE_OUTPUT_NONE = 0,           ///< no more outputs until the next input
  FLOE_OUTPUT_TRANSMIT = 1,       ///< the program must send a datagram. Member `transmit`
  FLOE_OUTPUT_SIGNAL = 2,         ///< the program must carry a message to the peer. Member `signal`
  FLOE_OUTPUT_STATE = 3,          ///< member `state`
  FLOE_OUTPUT_GATHERING = 4,      ///< member `gathering`
  FLOE_OUTPUT_SELECTED_PAIR = 5,  ///< the path that data takes. Member `selected_pair`
  FLOE_OUTPUT_DATA = 6,           ///< a datagram of the peer. Member `data`
  FLOE_OUTPUT_ROLE = 7,           ///< a conflict of roles was settled. Member `role`
  FLOE_OUTPUT_ERROR = 8,          ///< a message of the peer could not be used. Member `error`
  /// A STUN server gave no address; the others go on. Member `candidate_error`
  FLOE_OUTPUT_CANDIDATE_ERROR = 9,
  /// A candidate of the peer was read and is not used. Member `candidate_skipped`
  FLOE_OUTPUT_CANDIDATE_SKIPPED = 10,
  /// Data can be sent, and only the peer can read it: for each component, and again when the words
  /// become known later. Member `secure`
  FLOE_OUTPUT_SECURE = 11,
  FLOE_OUTPUT_INSECURE = 12  ///< the agent closes for this reason. Member `insecure`
} floe_output_kind;

/// W3C's RTCIceTransportState.
typedef enum floe_state {
  FLOE_STATE_NEW = 0,  ///< waiting for candidates, or for the peer's description
  /// Pairs are being checked and none works yet, or the DTLS handshake is not through.
  FLOE_STATE_CHECKING = 1,
  FLOE_STATE_CONNECTED = 2,     ///< every component has a path; better ones may still come
  FLOE_STATE_COMPLETED = 3,     ///< connected, and nothing better can come
  FLOE_STATE_DISCONNECTED = 4,  ///< the path does not answer at the moment
  FLOE_STATE_FAILED = 5,        ///< nothing works and nothing more can come; a restart may follow
  FLOE_STATE_CLOSED = 6
} floe_state;

typedef enum floe_gathering_state {
  FLOE_GATHERING_NEW = 0,
  FLOE_GATHERING_GATHERING = 1,
  FLOE_GATHERING_COMPLETE = 2
} floe_gathering_state;

/// Who decides which path is used (RFC 8445, section 6.1.1).
typedef enum floe_role { FLOE_ROLE_CONTROLLING = 0, FLOE_ROLE_CONTROLLED = 1 } floe_role;

typedef enum floe_candidate_type {
  FLOE_CANDIDATE_HOST = 0,
  FLOE_CANDIDATE_SERVER_REFLEXIVE = 1,
  FLOE_CANDIDATE_PEER_REFLEXIVE = 2,
  FLOE_CANDIDATE_RELAYED = 3
} floe_candidate_type;

typedef struct floe_state_changed {
  uint32_t state;    ///< floe_state
  uint32_t by_peer;  ///< 1: the peer closed the session
  /// Ends in 0. `by_peer`: the peer's reason. FLOE_STATE_DISCONNECTED and FLOE_STATE_FAILED: a
  /// sentence or two for people, what happened, why, and what to do. Else NULL.
  const char* reason;
} floe_state_changed;

typedef struct floe_candidate {
  floe_address address;
  floe_address base;  ///< the address that the agent sends from; for the peer's, the same `address`
  uint32_t type;      ///< floe_candidate_type
  uint32_t priority;  ///< 1 to 2^31 - 1
} floe_candidate;

typedef struct floe_selected_pair {
  floe_candidate local;
  floe_candidate remote;
  uint16_t component;
} floe_selected_pair;

typedef struct floe_error_report {
  uint32_t code;     ///< floe_error
  const char* text;  ///< the details, in a sentence for a log; ends in 0
} floe_error_report;

/// W3C's RTCPeerConnectionIceErrorEvent.
typedef struct floe_candidate_error {
  floe_address server;
  floe_address local;  ///< the socket that it was asked from
  uint32_t code;       ///< 300 to 699: the server's STUN error; 701: it does not answer
  const char* text;    ///< for a log; may be the server's own words, so untrusted; ends in 0
} floe_candidate_error;

typedef struct floe_candidate_skipped {
  const char* candidate;  ///< the peer's line, untrusted; ends in 0
  const char* reason;     ///< half a sentence for a log; ends in 0
} floe_candidate_skipped;

/// An output: a kind and the member that belongs to it. The data behind its pointers is valid until
/// the next call of a function on the same agent. Its size will not change with new kinds; ignore
/// kinds that you do not know.
typedef struct floe_output {
  uint32_t kind;  ///< floe_output_kind
  uint32_t reserved;
  union {
    floe_datagram transmit;  ///< to be sent from the socket at `local`
    floe_signal signal;      ///< JSON in one line; here the text also ends in 0
    floe_state_changed state;
    uint32_t gathering;  ///< floe_gathering_state
    floe_selected_pair selected_pair;
    floe_data data;
    uint32_t role;  ///< floe_role: the agent's role from now on
    floe_error_report error;
    floe_candidate_error candidate_error;
    floe_candidate_skipped candidate_skipped;
    floe_security secure;
    floe_insecure insecure;
    uint64_t space[32];
  };
} floe_output;

/// W3C's name of the state: "new", "checking" and so on; "?" for other numbers. Valid for ever.
FLOE_API const char* floe_state_text(uint32_t state);

#ifdef __cplusplus
}  // extern "C"
#endif
