// The host of a C program: an event loop, sockets and WebSockets.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/error.h"
#include "floe/c/export.h"
#include "floe/c/log.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct floe_host floe_host;  ///< an event loop, sockets and WebSockets

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

/// Makes a host and stores it in `*host`; `config` may be NULL for the defaults. The log names the
/// member that is wrong. Errors:
/// FLOE_ERROR_ARGUMENT, FLOE_ERROR_SIZE, FLOE_ERROR_ADDRESS for a text that is no IP address,
/// FLOE_ERROR_FILE for a `tls_ca_file` that cannot be used, FLOE_ERROR_SYSTEM.
FLOE_API floe_error floe_host_create(const floe_host_config* config, floe_host** host);

/// Runs until floe_host_stop(); at once when it was called since the last run ended.
/// FLOE_ERROR_ARGUMENT for NULL, FLOE_ERROR_IN_CALLBACK inside a callback, FLOE_ERROR_CLOSED when a
/// callback destroyed the host: then the handle is no longer valid.
FLOE_API floe_error floe_host_run(floe_host* host);

/// Waits for work at most `max_wait_us` microseconds, then does it; a negative number waits without
/// limit. Errors as for floe_host_run().
FLOE_API floe_error floe_host_run_once(floe_host* host, int64_t max_wait_us);

/// Ends a wait, and makes floe_host_run() return soon. Any thread and any signal handler may call
/// it for as long as the host lives; errno is kept. NULL is fine.
FLOE_API void floe_host_stop(floe_host* host);

/// A descriptor for an event loop of the program's own. It is readable when
/// floe_host_run_once(host, 0) has something to do, timers included. The host owns the descriptor;
/// -1 for NULL.
FLOE_API int floe_host_fd(floe_host* host);

/// Leaves all rooms and frees everything made with the host, rooms and connections too; their last
/// callbacks come during the call. It does not wait for peers. NULL is fine.
///
/// Inside a callback it only marks the host and stops it: the host is destroyed when the function
/// that made the callback returns. Until then further callbacks may come.
FLOE_API void floe_host_destroy(floe_host* host);

#ifdef __cplusplus
}  // extern "C"
#endif
