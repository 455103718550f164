/* Calls that are refused at once, each with one mistake. */
#include <floe/floe_native.h>
#include <string.h>

#include "c_failures.h"
#include "told.h"

static void no_random(void* user, uint8_t* bytes, size_t size) {
  (void)user;
  memset(bytes, 1, size);
}

static floe_agent_config agent_config(void) {
  const floe_agent_config config = {.size = sizeof config, .random = no_random, .log = keep_line};
  return config;
}

static floe_room_config room_config(void) {
  const floe_room_config config = {
      .size = sizeof config, .url = "ws://127.0.0.1:9/signal/room", .name = "c"};
  return config;
}

static void create_agent(const floe_agent_config* config) {
  floe_agent* agent = NULL;
  told_result(floe_agent_create(config, &agent));
}

static floe_host* make_host(void) {
  const floe_host_config config = {.size = sizeof config, .log = keep_line};
  floe_host* host = NULL;
  floe_host_create(&config, &host);
  return host;
}

static void join(const floe_room_config* config) {
  floe_host* host = make_host();
  told_result(floe_room_join(host, config, NULL));
}

static void meet_no_configuration(char** options) {
  (void)options;
  join(NULL);
}

static void meet_no_size(char** options) {
  floe_room_config config = room_config();
  (void)options;
  config.size = 0;
  join(&config);
}

static void meet_no_url(char** options) {
  floe_room_config config = room_config();
  (void)options;
  config.url = NULL;
  join(&config);
}

static void meet_ports_reversed(char** options) {
  floe_room_config config = room_config();
  (void)options;
  config.port_min = 2;
  config.port_max = 1;
  join(&config);
}

static void meet_lone_certificate(char** options) {
  floe_room_config config = room_config();
  (void)options;
  config.certificate = "-----BEGIN CERTIFICATE-----";
  config.certificate_size = 27;
  join(&config);
}

static void meet_short_fingerprint(char** options) {
  const char* fingerprint = "AB:CD";
  floe_room_config config = room_config();
  (void)options;
  config.expected_fingerprints = &fingerprint;
  config.expected_fingerprint_count = 1;
  join(&config);
}

static void meet_name_as_address(char** options) {
  const char* address = "localhost";
  floe_host* host = NULL;
  const floe_host_config config = {
      .size = sizeof config, .only_addresses = &address, .only_address_count = 1, .log = keep_line};
  (void)options;
  told_result(floe_host_create(&config, &host));
}

static void run_again(void* user, floe_room_state state) {
  (void)state;
  told_result(floe_host_run(user));
}

static void meet_run_in_callback(char** options) {
  floe_host* host = make_host();
  floe_room_config config = room_config();
  (void)options;
  config.user = host;
  config.on_room_state = run_again;
  floe_room_join(host, &config, NULL);
}

static void meet_no_host(char** options) {
  (void)options;
  told_result(floe_host_run(NULL));
}

static void meet_no_random(char** options) {
  floe_agent_config config = agent_config();
  (void)options;
  config.random = NULL;
  create_agent(&config);
}

static void meet_flood(char** options) {
  floe_agent_config config = agent_config();
  (void)options;
  config.pacing_us = 1;
  create_agent(&config);
}

static void meet_other_size(char** options) {
  floe_agent_config config = agent_config();
  (void)options;
  config.size = 1000000;
  create_agent(&config);
}

const struct failure call_failures[] = {{"no configuration", meet_no_configuration},
                                        {"no size", meet_no_size},
                                        {"no URL", meet_no_url},
                                        {"ports reversed", meet_ports_reversed},
                                        {"lone certificate", meet_lone_certificate},
                                        {"short fingerprint", meet_short_fingerprint},
                                        {"name as address", meet_name_as_address},
                                        {"run in callback", meet_run_in_callback},
                                        {"no host", meet_no_host},
                                        {"no random", meet_no_random},
                                        {"flood", meet_flood},
                                        {"other size", meet_other_size},
                                        {0}};
