// An ICE agent (RFC 8445) for C: finds, keeps and uses a path between two hosts, without any I/O.
//
// Five verbs. The program owns the sockets, the clock and the way that signals travel:
//
//   floe_agent_create ─▶ floe_agent_handle ─▶ floe_agent_poll until FLOE_OUTPUT_NONE
//                             ▲                              │
//                             └─ socket, signal, deadline ◀──┘ ─▶ floe_agent_destroy
//
// The rule: after each input, take all outputs, then arm one timer for floe_agent_deadline().
// Signals are texts, the messages of floe.signal.1; each one must reach the other agent, in order.
//
// An agent belongs to one thread at a time; different agents know nothing of each other. Functions
// never block and never call back, except for random bytes and lines of a log. Running out of
// memory ends the process. Integers that stand for an enumeration are uint32_t in structures, so
// that their size does not depend on the compiler. floe/floe_native.h also has sockets and a loop.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/address.h"
#include "floe/c/choice.h"
#include "floe/c/counters.h"
#include "floe/c/error.h"
#include "floe/c/export.h"
#include "floe/c/input.h"
#include "floe/c/log.h"
#include "floe/c/output.h"
#include "floe/c/security.h"

#ifdef __cplusplus
extern "C" {
#endif

/// No deadline: what floe_agent_deadline() answers when the agent waits for nothing.
#define FLOE_NEVER INT64_MAX

typedef struct floe_agent floe_agent;

/// Must fill all `size` bytes with values that others cannot predict: from getrandom(2) or the
/// platform's generator for keys. The library uses them for credentials and transaction ids. Of
/// this library, it may call floe_agent_destroy().
typedef void (*floe_random)(void* user, uint8_t* bytes, size_t size);

/// 0 in any member that is not required means its default, so begin with `= {0}`. New members will
/// come at the end: a program that was compiled with an older header gets the defaults for them.
typedef struct floe_agent_config {
  size_t size;         ///< required: sizeof(floe_agent_config)
  floe_random random;  ///< required
  void* random_user;   ///< given to `random`; must outlive the agent
  /// floe_role; a hint, since ICE settles a conflict. Default: controlling. One of the two agents
  /// should be controlling.
  uint32_t role;
  uint16_t components;    ///< 1 to 256; default 1
  uint8_t no_trickle;     ///< 1: the description waits for the end of gathering, for old peers
  uint8_t strict_pacing;  ///< 1: paces checks exactly as RFC 8445, section 14, which takes longer
  uint32_t pacing_us;     ///< between two checks: 5,000 to 2,000,000; default 50,000
  /// How long, once a path works, to wait for a better one; default 100,000.
  uint32_t nomination_patience_us;
  uint32_t nomination;  ///< floe_nomination; default: regular
  uint32_t policy;      ///< floe_policy; default: all
  /// The same while only relayed paths work; default 500,000.
  uint32_t relay_patience_us;
  /// 1: a lite agent (RFC 8445, section 2.5): it answers checks and sends none, which is enough on
  /// a host that every peer can reach. It has host candidates only.
  uint8_t lite;
  /// 1: an agent whose path is lost stays `failed` until FLOE_INPUT_RESTART. Else it restarts by
  /// itself, with a back-off; its signals tell the peer.
  uint8_t no_recovery;
  uint8_t reserved[2];   ///< 0
  floe_log log;          ///< what happens to the agent, in words. Default: nothing is logged
  void* log_user;        ///< given to `log`; must outlive the agent
  uint32_t log_minimum;  ///< floe_log_level
  uint32_t reserved2;    ///< 0
  /// 1: all data is encrypted with DTLS, and a peer that does not encrypt ends the agent; see
  /// FLOE_OUTPUT_SECURE. Its signals tell the peer. 0: plaintext, which everybody on the path can
  /// read and change.
  uint8_t dtls;
  uint8_t reserved3[7];  ///< 0
  /// With `dtls`: the agent's certificate and its key on the curve P-256, each PEM or DER. Default:
  /// a new one.
  const void* certificate;
  size_t certificate_size;
  const void* key;
  size_t key_size;
  /// With `dtls`: SHA-256 of the certificates that the peer may have, as "AB:CD:…". Default: any.
  const char* const* expected_fingerprints;
  size_t expected_fingerprint_count;
} floe_agent_config;

/// Makes an agent and stores it in `*agent`. FLOE_ERROR_ARGUMENT; FLOE_ERROR_SIZE when the size
/// field is too small for the required members, or so large that members unknown to this library
/// are set. The log names the member that is wrong. `config` is not kept.
FLOE_API floe_error floe_agent_create(const floe_agent_config* config, floe_agent** agent);

/// Handles one input at the time `now_us`: microseconds on any clock that never goes back, at least
/// 0 and at most INT64_MAX / 2. A time before that of the last call counts as the time of the last
/// call. Errors: floe_input_kind lists them for each kind; after the end, all kinds but
/// FLOE_INPUT_DEADLINE and FLOE_INPUT_CLOSE give FLOE_ERROR_CLOSED. FLOE_ERROR_LIMIT also when 256
/// datagrams came in and the outputs were not taken; FLOE_ERROR_IN_CALLBACK inside a callback of
/// the agent.
FLOE_API floe_error floe_agent_handle(floe_agent* agent, int64_t now_us, const floe_input* input);

/// The next output, in order; FLOE_OUTPUT_NONE when all are taken. FLOE_ERROR_ARGUMENT for a NULL,
/// FLOE_ERROR_IN_CALLBACK inside a callback of the agent.
/// FLOE_OK and FLOE_OUTPUT_NONE are 0:
///
///   while (!floe_agent_poll(agent, &output) && output.kind) …
FLOE_API floe_error floe_agent_poll(floe_agent* agent, floe_output* output);

/// The time at which the agent wants FLOE_INPUT_DEADLINE, on the clock of `now_us`. FLOE_NEVER when
/// it waits for nothing, and for NULL.
FLOE_API int64_t floe_agent_deadline(const floe_agent* agent);

/// Frees all memory and sends nothing; to tell the peer, use FLOE_INPUT_CLOSE first. NULL is fine.
/// Inside a callback of the agent, it does so when the function that called back returns, which is
/// then FLOE_ERROR_CLOSED.
FLOE_API void floe_agent_destroy(floe_agent* agent);

/// Fills `counters` up to its size field. FLOE_ERROR_ARGUMENT, FLOE_ERROR_SIZE.
FLOE_API floe_error floe_agent_count(const floe_agent* agent, floe_counters* counters);

/// The version of the library, not of the header, such as "0.1.0". Valid for ever.
FLOE_API const char* floe_version(void);

#ifdef __cplusplus
}  // extern "C"
#endif
