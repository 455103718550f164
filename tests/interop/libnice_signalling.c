// What the peer and the harness order, turned into calls of libnice.
#include "libnice_peer.h"

// The member, or NULL where it is missing or no single value; json-glib warns about wrong types.
static JsonNode* value_of(JsonObject* object, const char* member) {
  JsonNode* node = json_object_get_member(object, member);
  return node && JSON_NODE_HOLDS_VALUE(node) ? node : NULL;
}

static const char* text(JsonObject* object, const char* member) {
  JsonNode* node = value_of(object, member);
  const char* value = node ? json_node_get_string(node) : NULL;
  return value ? value : "";
}

static gboolean is_set(JsonObject* object, const char* member) {
  JsonNode* node = value_of(object, member);
  return node && json_node_get_boolean(node);
}

// Whether a string of the peer may be repeated on stdout as it is.
static gboolean is_plain(const char* value) {
  while (g_ascii_isprint(*value) && *value != '"' && *value != '\\') ++value;
  return *value == '\0';
}

static void on_peer_gathered(Peer* self) {
  self->peer_gathered = TRUE;
  nice_agent_peer_candidate_gathering_done(self->agent, self->stream);
  report_state(self);
}

static void add_candidate(Peer* self, const char* line) {
  if (*line == '\0') {
    on_peer_gathered(self);
    return;
  }
  g_autofree gchar* sdp =
      g_str_has_prefix(line, "a=") ? g_strdup(line) : g_strconcat("a=", line, NULL);
  NiceCandidate* candidate =
      is_plain(sdp) ? nice_agent_parse_remote_candidate_sdp(self->agent, self->stream, sdp) : NULL;
  if (!candidate) {
    complain("bad-message", "libnice does not understand this candidate");
    return;
  }
  GSList only = {.data = candidate};
  const guint component = candidate->component_id;
  if (candidate->transport != NICE_CANDIDATE_TRANSPORT_UDP ||
      nice_agent_set_remote_candidates(self->agent, self->stream, component, &only) < 1)
    ++self->ignored;
  nice_candidate_free(candidate);
}

// A candidate, or the end of them, of whichever generation it names.
static void on_candidate(Peer* self, JsonObject* message) {
  const char* ufrag = text(message, "usernameFragment");
  if (*ufrag == '\0' && self->remote_ufrag) ufrag = self->remote_ufrag;
  if (g_strcmp0(ufrag, self->previous_remote_ufrag) == 0) {
    ++self->dropped;
  } else if (g_strcmp0(ufrag, self->remote_ufrag) == 0) {
    add_candidate(self, text(message, "candidate"));
  } else if (self->held.length < kHeldMax) {
    g_queue_push_tail(&self->held, json_object_ref(message));
  } else {
    ++self->dropped;
  }
}

static void release_held(Peer* self) {
  for (guint left = self->held.length; left > 0; --left) {
    JsonObject* message = g_queue_pop_head(&self->held);
    on_candidate(self, message);
    json_object_unref(message);
  }
}

// Restarts: by order when partner is NULL, or in answer to that generation of the peer.
static void begin_generation(Peer* self, const char* partner) {
  if (self->remote_ufrag) {
    g_free(self->previous_remote_ufrag);
    self->previous_remote_ufrag = self->remote_ufrag;
  }
  self->remote_ufrag = g_strdup(partner);
  memset(self->selected, 0, sizeof self->selected);
  nice_agent_restart_stream(self->agent, self->stream);
  say_description(self);
}

static void pair_with(Peer* self, JsonObject* description) {
  const char* ufrag = text(description, "usernameFragment");
  const gboolean names_mine = g_str_equal(text(description, "remoteUsernameFragment"), self->ufrag);
  const gboolean owes_answer = !self->remote_ufrag && names_mine;
  if (self->remote_ufrag)
    begin_generation(self, ufrag);
  else
    self->remote_ufrag = g_strdup(ufrag);
  self->peer_gathered = FALSE;
  if (is_set(description, "iceLite")) g_object_set(self->agent, "controlling-mode", TRUE, NULL);
  nice_agent_set_remote_credentials(self->agent, self->stream, ufrag,
                                    text(description, "password"));
  if (owes_answer) say_description(self);
}

static void on_description(Peer* self, JsonObject* message) {
  const char* ufrag = text(message, "usernameFragment");
  JsonNode* candidates = json_object_get_member(message, "candidates");
  if (strlen(ufrag) < 4 || strlen(text(message, "password")) < 22 || !is_plain(ufrag)) {
    complain("bad-message", "a description needs usernameFragment and password");
    return;
  }
  if (g_strcmp0(ufrag, self->previous_remote_ufrag) == 0) {
    ++self->dropped;
    return;
  }
  if (g_strcmp0(ufrag, self->remote_ufrag) != 0) pair_with(self, message);
  if (candidates && JSON_NODE_HOLDS_ARRAY(candidates)) {
    JsonArray* array = json_node_get_array(candidates);
    for (guint i = 0; i < json_array_get_length(array); ++i) {
      JsonNode* each = json_array_get_element(array, i);
      if (JSON_NODE_HOLDS_OBJECT(each))
        add_candidate(self, text(json_node_get_object(each), "candidate"));
    }
  }
  if (is_set(message, "endOfCandidates")) on_peer_gathered(self);
  release_held(self);
  report_state(self);
}

static void send_datagram(Peer* self, JsonObject* command) {
  const char* base64 = text(command, "base64");
  JsonNode* number = value_of(command, "component");
  const gint64 component = number ? json_node_get_int(number) : 1;
  gsize length = 0;
  g_autofree guchar* bytes = g_base64_decode(base64, &length);
  g_autofree gchar* canonical = g_base64_encode(bytes, length);
  if (!value_of(command, "base64") || !g_str_equal(base64, canonical))
    complain("bad-command", "send needs base64 in the standard alphabet, padded");
  else if (component < 1 || component > self->components)
    complain("bad-command", "no such component");
  else if (length > kDatagramBytesMax)
    complain("too-big", "a datagram holds at most 65507 bytes");
  else if (nice_agent_send(self->agent, self->stream, (guint)component, (guint)length,
                           (const gchar*)bytes) < 0)
    complain("not-connected", "no pair takes this datagram now");
}

void take_message(Peer* self, JsonObject* object) {
  const char* type = text(object, "type");
  const char* command = text(object, "command");
  if (g_str_equal(type, "description")) {
    on_description(self, object);
  } else if (g_str_equal(type, "candidate") || g_str_equal(type, "end-of-candidates")) {
    on_candidate(self, object);
  } else if (self->remote_ufrag &&
             (g_str_equal(type, "restart") || g_str_equal(command, "restart"))) {
    begin_generation(self, NULL);
  } else if (g_str_equal(type, "bye")) {
    close_peer(self, "remote");
  } else if (g_str_equal(command, "send")) {
    send_datagram(self, object);
  } else if (g_str_equal(command, "close")) {
    close_peer(self, "local");
  } else if (*command) {
    complain("bad-command", "send, close and, once paired, restart are known");
  } else {
    ++self->ignored;
  }
}
