/* What an agent without I/O tells, in a time that is only a number. */
#include <floe/floe.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "c_failures.h"
#include "told.h"

static int64_t now_us = 0;
static const char kPeer[] =
    "{\"type\":\"description\",\"usernameFragment\":\"peer\","
    "\"password\":\"0123456789012345678901\",\"candidates\":[{\"candidate\":"
    "\"candidate:1 1 udp 2130706431 192.0.2.9 4000 typ host\"}],\"endOfCandidates\":true}";

static void fill(void* user, uint8_t* bytes, size_t size) {
  (void)user;
  if (getrandom(bytes, size, 0) != (ssize_t)size) perror("getrandom");
}

static floe_error give(floe_agent* agent, floe_input input) {
  return floe_agent_handle(agent, now_us, &input);
}

static floe_error give_socket(floe_agent* agent, const char* address) {
  floe_input input = {.kind = FLOE_INPUT_LOCAL_SOCKET};
  input.local_socket.component = 1;
  input.local_socket.preference = 65535;
  floe_address_parse(address, &input.local_socket.address);
  return give(agent, input);
}

static floe_error give_signal(floe_agent* agent, const char* text) {
  floe_input input = {.kind = FLOE_INPUT_SIGNAL};
  input.signal.text = text;
  input.signal.size = strlen(text);
  return give(agent, input);
}

static floe_error give_kind(floe_agent* agent, uint32_t kind) {
  const floe_input input = {.kind = kind};
  return give(agent, input);
}

static floe_agent* begin_agent(void) {
  const floe_agent_config config = {.size = sizeof config, .random = fill};
  floe_agent* agent = NULL;
  floe_agent_create(&config, &agent);
  give_kind(agent, FLOE_INPUT_START_GATHERING);
  give_socket(agent, "192.0.2.1:4000");
  return agent;
}

static void note(const floe_output* output) {
  char digits[16];
  if (output->kind == FLOE_OUTPUT_ERROR) {
    told("output", error_name(output->error.code), output->error.text);
  } else if (output->kind == FLOE_OUTPUT_CANDIDATE_ERROR) {
    snprintf(digits, sizeof digits, "%u", (unsigned)output->candidate_error.code);
    told("candidate", digits, output->candidate_error.text);
  } else if (output->kind == FLOE_OUTPUT_STATE && output->state.reason != NULL) {
    told("no-path", floe_state_text(output->state.state), output->state.reason);
  }
}

/* Takes all outputs, and lets time pass, for at most a minute. */
static void run(floe_agent* agent) {
  while (now_us < 60000000) {
    floe_output output;
    while (!floe_agent_poll(agent, &output) && output.kind != FLOE_OUTPUT_NONE) note(&output);
    if (floe_agent_deadline(agent) == FLOE_NEVER) return;
    now_us = floe_agent_deadline(agent);
    give_kind(agent, FLOE_INPUT_DEADLINE);
  }
}

static void meet_no_path(char** options) {
  floe_agent* agent = begin_agent();
  (void)options;
  give_kind(agent, FLOE_INPUT_END_OF_LOCAL_SOCKETS);
  give_signal(agent, kPeer);
  run(agent);
}

static void meet_silent_stun(char** options) {
  floe_agent* agent = begin_agent();
  floe_input input = {.kind = FLOE_INPUT_STUN_SERVER};
  (void)options;
  floe_address_parse("192.0.2.7:3478", &input.stun_server);
  give(agent, input);
  give_kind(agent, FLOE_INPUT_END_OF_LOCAL_SOCKETS);
  run(agent);
}

static void meet_signal(char** options) {
  floe_agent* agent = begin_agent();
  give_signal(agent, option(options, "text"));
  run(agent);
}

static void meet_own_signal(char** options) {
  floe_agent* agent = begin_agent();
  floe_output output;
  (void)options;
  while (!floe_agent_poll(agent, &output) && output.kind != FLOE_OUTPUT_SIGNAL) continue;
  char own[16384];
  snprintf(own, sizeof own, "%s", output.signal.text);
  give_signal(agent, own);
  run(agent);
}

static void meet_send(char** options) {
  floe_agent* agent = begin_agent();
  floe_input input = {.kind = FLOE_INPUT_SEND};
  (void)options;
  input.send.data = (const uint8_t*)"early";
  input.send.size = 5;
  input.send.component = 1;
  told_result(give(agent, input));
}

static void meet_end(char** options) {
  floe_agent* agent = begin_agent();
  (void)options;
  give_kind(agent, FLOE_INPUT_CLOSE);
  told_result(give_kind(agent, FLOE_INPUT_RESTART));
}

static void meet_port_0(char** options) {
  floe_agent* agent = begin_agent();
  (void)options;
  told_result(give_socket(agent, "192.0.2.1:0"));
}

static void meet_many_sockets(char** options) {
  floe_agent* agent = begin_agent();
  int port;
  (void)options;
  for (port = 5000; port < 5100; ++port) {
    char address[32];
    snprintf(address, sizeof address, "192.0.2.1:%d", port);
    const floe_error error = give_socket(agent, address);
    if (error) told_result(error);
  }
}

const struct failure agent_failures[] = {{"agent: no path", meet_no_path},
                                         {"agent: silent STUN server", meet_silent_stun},
                                         {"agent: signal", meet_signal},
                                         {"agent: own signal", meet_own_signal},
                                         {"agent: send", meet_send},
                                         {"agent: end", meet_end},
                                         {"agent: port 0", meet_port_0},
                                         {"agent: many sockets", meet_many_sockets},
                                         {0}};
