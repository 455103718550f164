// libnice with its own SDP on standard input and output: it prints its description when it has
// gathered, reads the peer's, which an empty line ends, and sends datagrams back.
//
//   libnice-sdp ADDR controlling|controlled
//
// Lines that begin with "{" are reports of `floe agent`, and are passed over.
#include <nice/agent.h>
#include <stdio.h>

enum { kComponent = 1 };

typedef struct {
  NiceAgent* agent;
  GMainLoop* loop;
  guint stream;
  GString* text;
} Peer;

static void on_gathering_done(NiceAgent* agent, guint stream, Peer* self) {
  (void)stream, (void)self;
  g_autofree gchar* sdp = nice_agent_generate_local_sdp(agent);
  puts(sdp);  // and an empty line
  fflush(stdout);
}

static void on_datagram(NiceAgent* agent, guint stream, guint component, guint size, gchar* bytes,
                        gpointer data) {
  (void)data;
  nice_agent_send(agent, stream, component, size, bytes);
}

static void take(Peer* self, gchar* line) {
  g_strchomp(line);
  if (*line == '{') return;
  if (*line != '\0') {
    g_string_append_printf(self->text, "%s\n", line);
  } else if (self->text->len > 0) {
    const int candidates = nice_agent_parse_remote_sdp(self->agent, self->text->str);
    if (candidates < 1)
      g_printerr("libnice read %d candidates of\n%s", candidates, self->text->str);
    g_string_truncate(self->text, 0);
  }
}

static gboolean on_input(GIOChannel* input, GIOCondition condition, gpointer data) {
  Peer* self = data;
  g_autofree gchar* line = NULL;
  (void)condition;
  if (g_io_channel_read_line(input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL) {
    g_main_loop_quit(self->loop);
    return G_SOURCE_REMOVE;
  }
  take(self, line);
  return G_SOURCE_CONTINUE;
}

static gboolean open_agent(Peer* self, const char* bind, gboolean controlling) {
  NiceAddress address;
  nice_address_init(&address);
  if (!nice_address_set_from_string(&address, bind)) return FALSE;
  self->agent = nice_agent_new(g_main_loop_get_context(self->loop), NICE_COMPATIBILITY_RFC5245);
  g_object_set(self->agent, "controlling-mode", controlling, "ice-tcp", FALSE, "upnp", FALSE, NULL);
  self->stream = nice_agent_add_stream(self->agent, 1);
  // The peer's m-line must have this name.
  nice_agent_set_stream_name(self->agent, self->stream, "application");
  g_signal_connect(self->agent, "candidate-gathering-done", G_CALLBACK(on_gathering_done), self);
  nice_agent_attach_recv(self->agent, self->stream, kComponent, g_main_loop_get_context(self->loop),
                         on_datagram, self);
  return nice_agent_add_local_address(self->agent, &address);
}

int main(int count, char** values) {
  Peer self = {.loop = g_main_loop_new(g_main_context_default(), FALSE), .text = g_string_new("")};
  if (count != 3 || !open_agent(&self, values[1], g_str_equal(values[2], "controlling"))) {
    g_printerr("usage: libnice-sdp ADDR controlling|controlled\n");
    return 2;
  }
  g_io_add_watch(g_io_channel_unix_new(0), G_IO_IN | G_IO_HUP, on_input, &self);
  nice_agent_gather_candidates(self.agent, self.stream);
  g_main_loop_run(self.loop);
  return 0;
}
