/* What a room tells: by its callbacks, or by what its functions return. */
#include <floe/floe_native.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_failures.h"
#include "told.h"

struct end {
  const char* by;
  floe_host* host;
  floe_room* room;
  int has_gone;
  floe_connection* connected;
};

static int wants(const struct end* end, const char* by) {
  return end->by != NULL && strcmp(end->by, by) == 0;
}

static void on_waiting(void* user, floe_waiting reason, const char* text) {
  const struct end* end = user;
  if (wants(end, "waiting") || (wants(end, "left") && end->has_gone)) {
    told(end->by, floe_waiting_text(reason), text);
  }
}

static void on_error(void* user, const char* text) {
  if (wants(user, "error")) told("error", "", text);
}

static void on_no_path(void* user, floe_connection* connection, floe_state state,
                       const char* text) {
  (void)connection;
  if (wants(user, "no-path")) told("no-path", floe_state_text(state), text);
}

static void on_candidate_error(void* user, floe_connection* connection, const char* url,
                               uint32_t code, const char* text) {
  char digits[16];
  (void)connection;
  (void)url;
  snprintf(digits, sizeof digits, "%u", (unsigned)code);
  if (wants(user, "candidate")) told("candidate", digits, text);
}

static void on_insecure(void* user, floe_connection* connection, const char* code,
                        const char* text) {
  (void)connection;
  if (wants(user, "insecure")) told("insecure", code, text);
}

static void on_gone(void* user, floe_connection* connection) {
  (void)connection;
  ((struct end*)user)->has_gone = 1;
}

static void on_state(void* user, floe_connection* connection, floe_state state) {
  if (state == FLOE_STATE_CONNECTED) ((struct end*)user)->connected = connection;
}

static void join(struct end* end, char** options) {
  const char* bind = option(options, "bind");
  const char* stun = option(options, "stun");
  const char* port = option(options, "port");
  const char* fingerprint = option(options, "fingerprint");
  const floe_turn_server_uri turn = {option(options, "turn"), option(options, "user"),
                                     option(options, "password")};
  const floe_host_config at = {.size = sizeof at,
                               .only_addresses = &bind,
                               .only_address_count = bind != NULL,
                               .tls_ca_file = option(options, "authorities"),
                               .log = keep_line,
                               .log_minimum = FLOE_LOG_WARNING};
  const floe_room_config config = {.size = sizeof config,
                                   .url = option(options, "url"),
                                   .name = option(options, "name") ? option(options, "name") : "c",
                                   .token = option(options, "token"),
                                   .user = end,
                                   .on_gone = on_gone,
                                   .on_error = on_error,
                                   .port_min = port != NULL ? (uint16_t)atoi(port) : 0,
                                   .port_max = port != NULL ? (uint16_t)atoi(port) : 0,
                                   .stun_servers = &stun,
                                   .stun_server_count = stun != NULL,
                                   .policy = option(options, "relay") != NULL,
                                   .turn_servers = &turn,
                                   .turn_server_count = turn.uri != NULL,
                                   .on_state = on_state,
                                   .on_waiting = on_waiting,
                                   .on_no_path = on_no_path,
                                   .on_candidate_error = on_candidate_error,
                                   .expected_fingerprints = &fingerprint,
                                   .expected_fingerprint_count = fingerprint != NULL,
                                   .on_insecure = on_insecure};
  floe_error error;
  end->by = option(options, "by");
  error = floe_host_create(&at, &end->host);
  if (!error) error = floe_room_join(end->host, &config, &end->room);
  if (error) told_result(error);
}

/* Joins, and waits for what is told by the callback that `by` names. */
static void meet_join(char** options) {
  struct end end = {0};
  join(&end, options);
  told_result(floe_host_run(end.host));
}

static size_t size_of(char** options) {
  const char* size = option(options, "size");
  return size != NULL ? (size_t)atoi(size) : 5;
}

/* Sends when there is a path, until it is told otherwise: datagrams of one pass of the loop leave
   together at its end, so only the first of them learns what becomes of it. */
static void meet_send(char** options) {
  static char data[65536];
  floe_error error = FLOE_OK;
  int tries;
  const char* number = option(options, "errno");
  struct end end = {0};
  join(&end, options);
  while (end.connected == NULL) floe_host_run_once(end.host, 100000);
  if (number != NULL && !stop_sending(atoi(number))) told("result", "no seccomp", "");
  if (option(options, "closed") != NULL) floe_connection_close(end.connected, NULL);
  for (tries = 0; tries < 10 && !error; ++tries) {
    error = floe_connection_send(end.connected, 1, data, size_of(options));
    floe_host_run_once(end.host, 0);
  }
  told_result(error);
}

/* Sends at once, when nothing can be sent yet. */
static void meet_send_early(char** options) {
  static char data[65536];
  struct end end = {0};
  join(&end, options);
  told_result(floe_room_send(end.room, 1, data, size_of(options)));
}

/* Uses a room two seconds after it left it. */
static void meet_send_late(char** options) {
  struct end end = {0};
  int tenths;
  join(&end, options);
  floe_room_leave(end.room);
  for (tenths = 0; tenths < 20; ++tenths) floe_host_run_once(end.host, 100000);
  floe_room_leave(end.room);
  if (floe_room_get_state(end.room) != FLOE_ROOM_CLOSED) told("state", "not closed", "");
  told_result(floe_room_send(end.room, 1, "late", 4));
}

static floe_host* host_to_stop;

static void stop(int number) {
  (void)number;
  floe_host_stop(host_to_stop);
}

/* A signal ends the run. */
static void meet_signal(char** options) {
  struct end end = {0};
  join(&end, options);
  host_to_stop = end.host;
  signal(SIGTERM, stop);
  raise(SIGTERM);
  told_result(floe_host_run(end.host));
}

const struct failure room_failures[] = {
    {"join", meet_join},           {"send", meet_send},     {"send early", meet_send_early},
    {"send late", meet_send_late}, {"signal", meet_signal}, {0}};
