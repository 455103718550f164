/* What a failure tells the application, as one line of JSON. Each run of a program is one attempt:
   it ends with the first thing that is told. */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* From now on the time counts that told() prints. */
void begin(void);

/* Prints {"by","code","text","ms"} and ends the program. `by` is the way by which it was told: the
   name of a callback, or "result" for what a function returned. */
void told(const char* by, const char* code, const char* text);

/* From now on the system sends no datagram and answers `number` instead, as when the queue of an
   interface is full (EAGAIN), or a firewall forbids it (EPERM). 0 when it cannot be done. */
int stop_sending(int number);

/* The value of "KEY=VALUE" among the arguments; NULL without one. */
const char* option(char** arguments, const char* key);

#ifdef __cplusplus
}
#endif
