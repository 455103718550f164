/* A program in C that meets the failure with the name in its first argument. */
#include "c_failures.h"

#include <stdio.h>
#include <string.h>

#include "told.h"

const char* error_name(uint32_t error) {
#define NAME(constant) \
  case constant:       \
    return #constant
  switch (error) {
    NAME(FLOE_OK);
    NAME(FLOE_ERROR_ARGUMENT);
    NAME(FLOE_ERROR_SIZE);
    NAME(FLOE_ERROR_ADDRESS);
    NAME(FLOE_ERROR_CLOSED);
    NAME(FLOE_ERROR_LIMIT);
    NAME(FLOE_ERROR_NOT_CONNECTED);
    NAME(FLOE_ERROR_TOO_BIG);
    NAME(FLOE_ERROR_SYSTEM);
    NAME(FLOE_ERROR_QUEUE_FULL);
    NAME(FLOE_ERROR_REFUSED);
    NAME(FLOE_ERROR_URL);
    NAME(FLOE_ERROR_FILE);
    NAME(FLOE_ERROR_IN_CALLBACK);
    NAME(FLOE_ERROR_NO_CHANNELS);
    NAME(FLOE_ERROR_NOT_BUILT);
    NAME(FLOE_ERROR_BAD_MESSAGE);
    NAME(FLOE_ERROR_BAD_CANDIDATE);
    NAME(FLOE_ERROR_CREDENTIALS_REUSED);
    NAME(FLOE_ERROR_OWN_DESCRIPTION);
    default:
      return "?";
  }
#undef NAME
}

static char line[1024];

void keep_line(void* user, floe_log_level level, const char* area, const char* text) {
  (void)user;
  (void)level;
  if (strcmp(area, "api") == 0) snprintf(line, sizeof line, "%s", text);
}

void told_result(floe_error error) {
  told("result", error_name(error), line[0] != 0 ? line : floe_error_text(error));
}

static void meet(const struct failure* failures, char** arguments) {
  for (; failures->name != NULL; ++failures) {
    if (strcmp(failures->name, arguments[1]) == 0) failures->meet(arguments + 2);
  }
}

int main(int count, char** arguments) {
  if (count < 2) return 2;
  begin();
  meet(room_failures, arguments);
  meet(call_failures, arguments);
  meet(agent_failures, arguments);
  fprintf(stderr, "there is no failure \"%s\", or it told nothing\n", arguments[1]);
  return 1;
}
