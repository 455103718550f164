// Messages in a data channel: `channel echo URL` sends back what it gets in the room's channels,
// and `channel say URL` opens one, says hello, prints the answer and ends.
#include <floe/floe_native.h>
#include <stdio.h>
#include <string.h>

static void echo(void* user, floe_channel* channel, floe_message_kind kind, const uint8_t* data,
                 size_t size) {
  (void)user;
  floe_channel_send(channel, kind, data, size);
}

static void say(void* user, floe_connection* peer) {
  const floe_channel_options options = {.size = sizeof options, .label = "talk"};
  floe_channel* channel = NULL;
  const floe_error error = floe_channel_open(peer, &options, &channel);
  // It waits until the channel is open.
  if (!error) floe_channel_send(channel, FLOE_MESSAGE_TEXT, "hello", 5);
  if (error) fprintf(stderr, "channel: %s\n", floe_error_text(error));
  if (error) floe_host_stop(user);
}

static void hear(void* user, floe_channel* channel, floe_message_kind kind, const uint8_t* data,
                 size_t size) {
  (void)kind;
  printf("%s: %.*s\n", floe_channel_label(channel), (int)size, (const char*)data);
  floe_host_stop(user);
}

int main(int argc, char** argv) {
  const int says = argc > 2 && strcmp(argv[1], "say") == 0;
  floe_host* host = NULL;
  floe_error error = floe_host_create(NULL, &host);
  const floe_room_config config = {.size = sizeof config,
                                   .url = argv[argc - 1],
                                   .name = says ? "talker" : "echo",
                                   .user = host,
                                   .on_connection = says ? say : NULL,
                                   .on_channel_message = says ? hear : echo};
  if (!error) error = floe_room_join(host, &config, NULL);
  if (!error) error = floe_host_run(host);
  if (error) fprintf(stderr, "channel: %s\n", floe_error_text(error));
  floe_host_destroy(host);
  return error != FLOE_OK;
}
