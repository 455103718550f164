// A log for people to read, which a program may take over.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

typedef enum floe_log_level {
  FLOE_LOG_DEFAULT = 0,  ///< info
  FLOE_LOG_DEBUG = 1,
  FLOE_LOG_INFO = 2,
  FLOE_LOG_WARNING = 3,
  FLOE_LOG_ERROR = 4
} floe_log_level;

/// One line, without a line end; `area` names the part of the library: "ice", "signal", "ws". The
/// texts are valid until it returns. It may call no function of the library but floe_host_stop().
typedef void (*floe_log)(void* user, floe_log_level level, const char* area, const char* text);

#ifdef __cplusplus
}  // extern "C"
#endif
