// Two agents in one process: function calls are the network, and time is a number.
#include <floe/floe.h>
#include <stdio.h>
#include <sys/random.h>

typedef struct side {
  const char* name;
  floe_agent* agent;
  floe_address address;
} side;

static int64_t now_us = 0;
static int greetings = 0;

static void fill(void* user, uint8_t* bytes, size_t size) {
  (void)user;
  if (getrandom(bytes, size, 0) != (ssize_t)size) perror("getrandom");
}

static void tell(side* to, floe_input input) {
  floe_error error = floe_agent_handle(to->agent, now_us, &input);
  if (error) printf("%s: %s\n", to->name, floe_error_text(error));
}

static void begin(side* self, const char* address, floe_role role) {
  floe_agent_config config = {.size = sizeof config, .random = fill, .role = role, .dtls = 1};
  floe_agent_create(&config, &self->agent);
  floe_address_parse(address, &self->address);
  floe_local_socket only = {.address = self->address, .component = 1, .preference = 65535};
  tell(self, (floe_input){.kind = FLOE_INPUT_START_GATHERING});
  tell(self, (floe_input){.kind = FLOE_INPUT_LOCAL_SOCKET, .local_socket = only});
  tell(self, (floe_input){.kind = FLOE_INPUT_END_OF_LOCAL_SOCKETS});
}

// Carries out what `from` wants; false when that is nothing.
static int carry_out(side* from, side* to) {
  floe_output out;
  if (floe_agent_poll(from->agent, &out) || out.kind == FLOE_OUTPUT_NONE) return 0;
  if (out.kind == FLOE_OUTPUT_SIGNAL) {
    tell(to, (floe_input){.kind = FLOE_INPUT_SIGNAL, .signal = out.signal});
  } else if (out.kind == FLOE_OUTPUT_TRANSMIT) {
    floe_datagram arriving = {out.transmit.remote, out.transmit.local, out.transmit.data,
                              out.transmit.size};
    tell(to, (floe_input){.kind = FLOE_INPUT_DATAGRAM, .datagram = arriving});
  } else if (out.kind == FLOE_OUTPUT_STATE) {
    printf("%3d ms  %s is %s\n", (int)(now_us / 1000), from->name,
           floe_state_text(out.state.state));
    if (out.state.state != FLOE_STATE_CONNECTED) return 1;
    floe_data greeting = {.data = (const uint8_t*)from->name, .size = 5, .component = 1};
    tell(from, (floe_input){.kind = FLOE_INPUT_SEND, .send = greeting});
  } else if (out.kind == FLOE_OUTPUT_SECURE) {
    printf("%3d ms  %s sees %s, words: %s\n", (int)(now_us / 1000), from->name,
           out.secure.peer_fingerprint, out.secure.words);
  } else if (out.kind == FLOE_OUTPUT_DATA) {
    printf("%3d ms  %s hears from %.*s\n", (int)(now_us / 1000), from->name, (int)out.data.size,
           (const char*)out.data.data);
    ++greetings;
  }
  return 1;
}

int main(void) {
  side alice = {.name = "alice"}, robin = {.name = "robin"};
  begin(&alice, "192.0.2.1:4000", FLOE_ROLE_CONTROLLING);
  begin(&robin, "192.0.2.2:5000", FLOE_ROLE_CONTROLLED);
  while (greetings < 2 && now_us < 10000000) {
    while (carry_out(&alice, &robin) + carry_out(&robin, &alice) > 0) continue;
    int64_t a = floe_agent_deadline(alice.agent), b = floe_agent_deadline(robin.agent);
    now_us = a < b ? a : b;
    tell(&alice, (floe_input){.kind = FLOE_INPUT_DEADLINE});
    tell(&robin, (floe_input){.kind = FLOE_INPUT_DEADLINE});
  }
  floe_agent_destroy(alice.agent);
  floe_agent_destroy(robin.agent);
  return greetings == 2 ? 0 : 1;
}
