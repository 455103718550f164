// A device: joins a room and sends every datagram of its peers back.
#include <floe/floe_native.h>
#include <stdio.h>

static void echo(void* user, floe_connection* peer, uint16_t component, const uint8_t* data,
                 size_t size) {
  (void)user;
  floe_connection_send(peer, component, data, size);
}

static void tell_lock(void* user, floe_connection* peer, const floe_security* security) {
  (void)user;
  fprintf(stderr, "%s has %s; words to compare: %s\n", floe_connection_peer_name(peer),
          security->peer_fingerprint, security->words);
}

int main(int argc, char** argv) {
  const char* const offers[] = {"echo"};  // what others seek
  const floe_room_config config = {.size = sizeof config,
                                   .url = argv[argc - 1],
                                   .name = "device",
                                   .on_datagram = echo,
                                   .offers = offers,
                                   .offer_count = 1,
                                   .on_secure = tell_lock};
  floe_host* host = NULL;
  floe_error error = floe_host_create(NULL, &host);
  if (!error) error = floe_room_join(host, &config, NULL);
  if (!error) error = floe_host_run(host);
  fprintf(stderr, "device: %s\n", floe_error_text(error));
  floe_host_destroy(host);
  return error != FLOE_OK;
}
