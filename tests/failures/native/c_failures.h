/* The failures that a program in C meets, by name. */
#pragma once

#include <floe/floe.h>
#include <stddef.h>

struct failure {
  const char* name;
  void (*meet)(char** options); /* calls told(); the options are "KEY=VALUE" */
};

extern const struct failure room_failures[];
extern const struct failure call_failures[];
extern const struct failure agent_failures[];

/* The name of the constant. */
const char* error_name(uint32_t error);

/* told() for a result, with what the log says of it, or else the text of the error. */
void told_result(floe_error error);

/* A log: it keeps the line that says what is wrong with a configuration, for told_result(). */
void keep_line(void* user, floe_log_level level, const char* area, const char* text);
