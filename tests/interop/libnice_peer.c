// What libnice reports, as lines of the contract.
//
// Lines are written without an escaper: every value is ice-chars, an address, a number or base64,
// and what comes from the peer has passed is_plain() of libnice_signalling.c.
#include "libnice_peer.h"

#include <stdio.h>

void say(const char* format, ...) {
  va_list values;
  va_start(values, format);
  vprintf(format, values);
  va_end(values);
  putchar('\n');
  fflush(stdout);
}

void complain(const char* code, const char* message) {
  say("{\"event\":\"error\",\"code\":\"%s\",\"message\":\"%s\"}", code, message);
}

void close_peer(Peer* self, const char* reason) {
  if (!g_main_loop_is_running(self->loop)) return;
  if (!g_str_equal(reason, "remote")) say("{\"type\":\"bye\",\"reason\":\"%s\"}", reason);
  say("{\"event\":\"state\",\"state\":\"closed\"}");
  say("{\"event\":\"closed\",\"reason\":\"%s\"}", reason);
  g_main_loop_quit(self->loop);
}

static const char* state_of(const Peer* self) {
  gboolean all_selected = TRUE, all_ready = self->gathered && self->peer_gathered;
  for (guint i = 1; i <= self->components; ++i) {
    if (self->states[i] == NICE_COMPONENT_STATE_FAILED) return "failed";
    all_selected = all_selected && self->selected[i];
    all_ready = all_ready && self->states[i] == NICE_COMPONENT_STATE_READY;
  }
  if (all_selected) return all_ready ? "completed" : "connected";
  return self->remote_ufrag ? "checking" : self->state;
}

// Passes through connected on the way to completed: some wait for that.
void report_state(Peer* self) {
  const char* state = state_of(self);
  if (g_str_equal(state, self->state)) return;
  if (g_str_equal(state, "completed") && !g_str_equal(self->state, "connected"))
    say("{\"event\":\"state\",\"state\":\"connected\"}");
  say("{\"event\":\"state\",\"state\":\"%s\"}", self->state = state);
}

static void on_state(NiceAgent* agent, guint stream, guint component, guint state, Peer* self) {
  g_printerr("component %u: %s\n", component, nice_component_state_to_string(state));
  (void)agent, (void)stream;
  self->states[component] = state;
  report_state(self);
}

// The attribute line without its `a=`; libnice writes remote candidates the same way.
static gchar* candidate_line(Peer* self, NiceCandidate* candidate) {
  g_autofree gchar* sdp = nice_agent_generate_local_candidate_sdp(self->agent, candidate);
  return g_strdup(sdp + strlen("a="));
}

static void on_local_candidate(NiceAgent* agent, NiceCandidate* candidate, Peer* self) {
  g_autofree gchar* line = candidate_line(self, candidate);
  (void)agent;
  say("{\"type\":\"candidate\",\"usernameFragment\":\"%s\",\"candidate\":\"%s\",\"sdpMid\":\"0\"}",
      self->ufrag, line);
}

static void on_gathered(NiceAgent* agent, guint stream, Peer* self) {
  (void)agent, (void)stream;
  self->gathered = TRUE;
  say("{\"type\":\"end-of-candidates\",\"usernameFragment\":\"%s\",\"sdpMid\":\"0\"}", self->ufrag);
  say("{\"event\":\"gathering\",\"state\":\"complete\"}");
  report_state(self);
}

static gchar* describe(Peer* self, NiceCandidate* candidate) {
  static const char* const kTypes[] = {"host", "srflx", "prflx", "relay"};
  gchar address[NICE_ADDRESS_STRING_LEN];
  g_autofree gchar* line = candidate_line(self, candidate);
  nice_address_to_string(&candidate->addr, address);
  return g_strdup_printf(
      "{\"candidate\":\"%s\",\"type\":\"%s\",\"protocol\":\"udp\",\"address\":\"%s\",\"port\":%u}",
      line, kTypes[candidate->type], address, nice_address_get_port(&candidate->addr));
}

static void on_selected(NiceAgent* agent, guint stream, guint component, NiceCandidate* local,
                        NiceCandidate* remote, Peer* self) {
  g_autofree gchar* here = describe(self, local);
  g_autofree gchar* there = describe(self, remote);
  (void)agent, (void)stream;
  say("{\"event\":\"selected-pair\",\"component\":%u,\"local\":%s,\"remote\":%s}", component, here,
      there);
  self->selected[component] = TRUE;
  report_state(self);
}

static void on_datagram(NiceAgent* agent, guint stream, guint component, guint length, gchar* bytes,
                        gpointer data) {
  if (((Peer*)data)->echo) {
    nice_agent_send(agent, stream, component, length, bytes);
    return;
  }
  g_autofree gchar* base64 = g_base64_encode((const guchar*)bytes, length);
  say("{\"event\":\"data\",\"component\":%u,\"base64\":\"%s\"}", component, base64);
}

void say_description(Peer* self) {
  gboolean controlling = FALSE;
  g_autoptr(GString) candidates = g_string_new(NULL);
  for (guint i = 1; i <= self->components; ++i) {
    GSList* found = nice_agent_get_local_candidates(self->agent, self->stream, i);
    for (GSList* each = found; each; each = each->next) {
      g_autofree gchar* line = candidate_line(self, each->data);
      g_string_append_printf(candidates, "%s{\"candidate\":\"%s\",\"sdpMid\":\"0\"}",
                             candidates->len ? "," : "", line);
    }
    g_slist_free_full(found, (GDestroyNotify)nice_candidate_free);
  }
  g_free(self->ufrag), g_free(self->password);
  nice_agent_get_local_credentials(self->agent, self->stream, &self->ufrag, &self->password);
  g_object_get(self->agent, "controlling-mode", &controlling, NULL);
  say("{\"type\":\"description\",\"usernameFragment\":\"%s\",\"password\":\"%s\",\"iceLite\":false,"
      "\"iceOptions\":[\"trickle\"],\"role\":\"%s\",\"remoteUsernameFragment\":%s%s%s,"
      "\"candidates\":[%s],\"endOfCandidates\":%s}",
      self->ufrag, self->password, controlling ? "controlling" : "controlled",
      self->remote_ufrag ? "\"" : "", self->remote_ufrag ? self->remote_ufrag : "null",
      self->remote_ufrag ? "\"" : "", candidates->str, self->gathered ? "true" : "false");
}

gboolean open_peer(Peer* self, NiceAgentOption options, gboolean controlling, gchar** binds) {
  self->state = "new";
  self->agent = nice_agent_new_full(
      NULL, NICE_COMPATIBILITY_RFC5245,
      options | NICE_AGENT_OPTION_ICE_TRICKLE | NICE_AGENT_OPTION_CONSENT_FRESHNESS);
  g_object_set(self->agent, "controlling-mode", controlling, "ice-tcp", FALSE, "upnp", FALSE, NULL);
  for (gchar** bind = binds; *bind; ++bind) {
    NiceAddress address;
    nice_address_init(&address);
    if (!nice_address_set_from_string(&address, *bind)) return FALSE;
    nice_agent_add_local_address(self->agent, &address);
  }
  g_object_connect(self->agent, "signal::new-candidate-full", G_CALLBACK(on_local_candidate), self,
                   "signal::candidate-gathering-done", G_CALLBACK(on_gathered), self,
                   "signal::new-selected-pair-full", G_CALLBACK(on_selected), self,
                   "signal::component-state-changed", G_CALLBACK(on_state), self, NULL);
  self->stream = nice_agent_add_stream(self->agent, self->components);
  for (guint i = 1; i <= self->components; ++i)
    nice_agent_attach_recv(self->agent, self->stream, i, NULL, on_datagram, self);
  return TRUE;
}
