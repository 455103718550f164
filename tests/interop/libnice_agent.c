// libnice with the stdio contract of `floe agent`, so that our agent meets a foreign
// implementation.
//
//   libnice-agent --bind ADDR [--role controlling|controlled] [--echo] [--no-consent]
//                 [--stun ADDR] [--turn ADDR --turn-user USER --turn-pass PASSWORD]
//
// Full agent, UDP, one component, trickling, consent checks. It uses the address given and no
// other; with --turn it uses relayed candidates only. With --no-consent, libnice's default, it
// keeps a path alive by Binding indications. Servers listen on port 3478. Left out:
// restart, stats, candidates before their description (the harness sends in order).
#include <json-glib/json-glib.h>
#include <nice/agent.h>
#include <stdio.h>

enum { kComponent = 1, kDatagramBytesMax = 65507, kServerPort = 3478 };

typedef struct {
  NiceAgent* agent;
  GMainLoop* loop;
  guint stream;
  gboolean echo;
  gchar* ufrag;
} Peer;

typedef struct {
  gchar *stun, *turn, *user, *password;
} Servers;

// Values are ice-chars, addresses, numbers or base64, so nothing in a line needs to be escaped.
static void say(const char* format, ...) G_GNUC_PRINTF(1, 2);
static void say(const char* format, ...) {
  va_list values;
  va_start(values, format);
  vprintf(format, values);
  va_end(values);
  putchar('\n');
  fflush(stdout);
}

static void finish(Peer* self, const char* reason) {
  if (!g_main_loop_is_running(self->loop)) return;
  if (!g_str_equal(reason, "remote")) say("{\"type\":\"bye\",\"reason\":\"%s\"}", reason);
  say("{\"event\":\"closed\",\"reason\":\"%s\"}", reason);
  g_main_loop_quit(self->loop);
}

// What libnice reports
// ------------------------------------------------------------------------------

static void on_candidate_found(NiceAgent* agent, NiceCandidate* candidate, Peer* self) {
  g_autofree gchar* sdp = nice_agent_generate_local_candidate_sdp(agent, candidate);
  say("{\"type\":\"candidate\",\"usernameFragment\":\"%s\",\"candidate\":\"%s\",\"sdpMid\":\"0\"}",
      self->ufrag, sdp + strlen("a="));
}

static void on_gathering_done(NiceAgent* agent, guint stream, Peer* self) {
  (void)agent, (void)stream;
  say("{\"event\":\"gathering\",\"state\":\"complete\"}");
  say("{\"type\":\"end-of-candidates\",\"usernameFragment\":\"%s\",\"sdpMid\":\"0\"}", self->ufrag);
}

static gchar* describe(const char* name, NiceCandidate* candidate) {
  static const char* const kTypes[] = {"host", "srflx", "prflx", "relay"};
  gchar ip[NICE_ADDRESS_STRING_LEN];
  nice_address_to_string(&candidate->addr, ip);
  return g_strdup_printf(
      "\"%s\":{\"type\":\"%s\",\"protocol\":\"udp\",\"address\":\"%s\",\"port\":%u}", name,
      kTypes[candidate->type], ip, nice_address_get_port(&candidate->addr));
}

static void on_selected_pair(NiceAgent* agent, guint stream, guint component, NiceCandidate* local,
                             NiceCandidate* remote, Peer* self) {
  (void)agent, (void)stream, (void)self;
  g_autofree gchar* ours = describe("local", local);
  g_autofree gchar* theirs = describe("remote", remote);
  say("{\"event\":\"selected-pair\",\"component\":%u,%s,%s}", component, ours, theirs);
}

static void on_state(NiceAgent* agent, guint stream, guint component, guint state, Peer* self) {
  (void)agent, (void)stream, (void)component, (void)self;
  const char* text = state == NICE_COMPONENT_STATE_CONNECTING ? "checking"
                     : state == NICE_COMPONENT_STATE_READY    ? "connected"
                     : state == NICE_COMPONENT_STATE_FAILED   ? "failed"
                                                              : NULL;
  if (text) say("{\"event\":\"state\",\"state\":\"%s\"}", text);
}

static void on_datagram(NiceAgent* agent, guint stream, guint component, guint size, gchar* bytes,
                        gpointer data) {
  const Peer* self = data;
  if (self->echo) {
    nice_agent_send(agent, stream, component, size, bytes);
    return;
  }
  g_autofree gchar* base64 = g_base64_encode((const guchar*)bytes, size);
  say("{\"event\":\"data\",\"component\":%u,\"base64\":\"%s\"}", component, base64);
}

// What it is told
// -----------------------------------------------------------------------------------

static const char* text(JsonObject* object, const char* member) {
  return json_object_get_string_member_with_default(object, member, "");
}

static void add_candidate(Peer* self, const char* line) {
  g_autofree gchar* sdp = g_strconcat("a=", line, NULL);
  NiceCandidate* candidate = nice_agent_parse_remote_candidate_sdp(self->agent, self->stream, sdp);
  if (!candidate) {
    say("{\"event\":\"error\",\"code\":\"bad-message\",\"message\":\"no candidate\"}");
    return;
  }
  GSList only = {.data = candidate};
  nice_agent_set_remote_candidates(self->agent, self->stream, kComponent, &only);
  nice_candidate_free(candidate);
}

static void on_description(Peer* self, JsonObject* message) {
  nice_agent_set_remote_credentials(self->agent, self->stream, text(message, "usernameFragment"),
                                    text(message, "password"));
  JsonNode* node = json_object_get_member(message, "candidates");
  JsonArray* candidates = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
  for (guint i = 0; candidates && i < json_array_get_length(candidates); ++i)
    add_candidate(self, text(json_array_get_object_element(candidates, i), "candidate"));
}

static void on_send(Peer* self, JsonObject* command) {
  gsize size = 0;
  g_autofree guchar* bytes = g_base64_decode(text(command, "base64"), &size);
  if (size > kDatagramBytesMax ||
      nice_agent_send(self->agent, self->stream, kComponent, (guint)size, (gchar*)bytes) < 0)
    say("{\"event\":\"error\",\"code\":\"not-connected\",\"message\":\"libnice did not send\"}");
}

static void on_object(Peer* self, JsonObject* object) {
  const char* type = text(object, "type");
  const char* command = text(object, "command");
  if (g_str_equal(type, "description")) on_description(self, object);
  if (g_str_equal(type, "candidate")) add_candidate(self, text(object, "candidate"));
  if (g_str_equal(type, "end-of-candidates"))
    nice_agent_peer_candidate_gathering_done(self->agent, self->stream);
  if (g_str_equal(type, "bye")) finish(self, "remote");
  if (g_str_equal(command, "send")) on_send(self, object);
  if (g_str_equal(command, "close")) finish(self, "local");
}

static gboolean on_input(GIOChannel* input, GIOCondition condition, gpointer data) {
  Peer* self = data;
  g_autofree gchar* line = NULL;
  (void)condition;
  if (g_io_channel_read_line(input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL) {
    finish(self, "eof");
    return G_SOURCE_REMOVE;
  }
  g_autoptr(JsonNode) root = json_from_string(line, NULL);
  if (root && JSON_NODE_HOLDS_OBJECT(root)) on_object(self, json_node_get_object(root));
  return G_SOURCE_CONTINUE;
}

static void use_servers(Peer* self, const Servers* servers) {
  if (servers->stun)
    g_object_set(self->agent, "stun-server", servers->stun, "stun-server-port", kServerPort, NULL);
  if (!servers->turn) return;
  g_object_set(self->agent, "force-relay", TRUE, NULL);
  nice_agent_set_relay_info(self->agent, self->stream, kComponent, servers->turn, kServerPort,
                            servers->user, servers->password, NICE_RELAY_TYPE_TURN_UDP);
}

static gboolean open_agent(Peer* self, const char* bind, gboolean controlling, gboolean consents) {
  NiceAddress address;
  nice_address_init(&address);
  if (!bind || !nice_address_set_from_string(&address, bind)) return FALSE;
  self->agent =
      nice_agent_new_full(g_main_loop_get_context(self->loop), NICE_COMPATIBILITY_RFC5245,
                          NICE_AGENT_OPTION_REGULAR_NOMINATION | NICE_AGENT_OPTION_ICE_TRICKLE |
                              (consents ? NICE_AGENT_OPTION_CONSENT_FRESHNESS : 0));
  g_object_set(self->agent, "controlling-mode", controlling, "ice-tcp", FALSE, "upnp", FALSE, NULL);
  self->stream = nice_agent_add_stream(self->agent, 1);
  g_signal_connect(self->agent, "new-candidate-full", G_CALLBACK(on_candidate_found), self);
  g_signal_connect(self->agent, "candidate-gathering-done", G_CALLBACK(on_gathering_done), self);
  g_signal_connect(self->agent, "new-selected-pair-full", G_CALLBACK(on_selected_pair), self);
  g_signal_connect(self->agent, "component-state-changed", G_CALLBACK(on_state), self);
  nice_agent_attach_recv(self->agent, self->stream, kComponent, g_main_loop_get_context(self->loop),
                         on_datagram, self);
  return nice_agent_add_local_address(self->agent, &address);
}

static void on_agent_closed(GObject* agent, GAsyncResult* result, gpointer loop) {
  (void)agent, (void)result;
  g_main_loop_quit(loop);
}

// Releases the relayed address: otherwise the server keeps the port until the allocation expires.
static void close_agent(Peer* self) {
  nice_agent_close_async(self->agent, on_agent_closed, self->loop);
  g_main_loop_run(self->loop);
}

int main(int count, char** values) {
  g_autofree gchar *role = g_strdup("controlling"), *bind = NULL, *password = NULL;
  gboolean no_consent = FALSE;
  Servers servers = {NULL, NULL, NULL, NULL};
  Peer self = {.loop = g_main_loop_new(g_main_context_default(), FALSE)};
  const GOptionEntry entries[] = {
      {"role", 0, 0, G_OPTION_ARG_STRING, &role, "who nominates", "controlling|controlled"},
      {"bind", 0, 0, G_OPTION_ARG_STRING, &bind, "the only address to use", "ADDR"},
      {"echo", 0, 0, G_OPTION_ARG_NONE, &self.echo, "datagrams go back, no data event", NULL},
      {"no-consent", 0, 0, G_OPTION_ARG_NONE, &no_consent, "indications keep the path", NULL},
      {"stun", 0, 0, G_OPTION_ARG_STRING, &servers.stun, "the STUN server to ask", "ADDR"},
      {"turn", 0, 0, G_OPTION_ARG_STRING, &servers.turn, "the TURN server to relay through",
       "ADDR"},
      {"turn-user", 0, 0, G_OPTION_ARG_STRING, &servers.user, "for --turn", "USER"},
      {"turn-pass", 0, 0, G_OPTION_ARG_STRING, &servers.password, "for --turn", "PASSWORD"},
      G_OPTION_ENTRY_NULL};
  g_autoptr(GOptionContext) context = g_option_context_new("- libnice, driven by lines of JSON");
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &count, &values, NULL) || count > 1 ||
      !open_agent(&self, bind, g_str_equal(role, "controlling"), !no_consent)) {
    g_printerr("%s", g_option_context_get_help(context, TRUE, NULL));
    return 2;
  }
  use_servers(&self, &servers);
  nice_agent_get_local_credentials(self.agent, self.stream, &self.ufrag, &password);
  say("{\"type\":\"description\",\"usernameFragment\":\"%s\",\"password\":\"%s\","
      "\"iceOptions\":[\"trickle\"],\"role\":\"%s\",\"candidates\":[]}",
      self.ufrag, password, role);
  GIOChannel* input = g_io_channel_unix_new(0);
  g_io_channel_set_flags(input, G_IO_FLAG_NONBLOCK, NULL);
  g_io_add_watch(input, G_IO_IN | G_IO_HUP, on_input, &self);
  nice_agent_gather_candidates(self.agent, self.stream);
  g_main_loop_run(self.loop);
  close_agent(&self);
  return 0;
}
