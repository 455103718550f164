// libnice behind the stdio contract of `floe agent`: the peer for tests against an ICE agent
// that is not ours. This file has its options and its lines; libnice_signalling.c what goes in,
// libnice_peer.c what comes out.
//
// Binds only what --bind names and asks no server, so nothing leaves the addresses given.
#include <errno.h>
#include <glib-unix.h>
#include <unistd.h>

#include "libnice_peer.h"

static void take_line(Peer* self) {
  g_autoptr(JsonParser) parser = json_parser_new();
  g_autoptr(GError) error = NULL;
  const gsize length = self->line->len;
  JsonNode* root = NULL;
  if (length < kLineBytesMax &&
      json_parser_load_from_data(parser, self->line->str, (gssize)length, &error))
    root = json_parser_get_root(parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT(root))
    complain("bad-message", "the line is too long or not one JSON object");
  else if (length > kMessageBytesMax && json_object_has_member(json_node_get_object(root), "type"))
    complain("bad-message", "a signalling message holds at most 16 KiB");
  else
    take_message(self, json_node_get_object(root));
  if (error) g_printerr("%s\n", error->message);
}

static gboolean on_input(gint fd, GIOCondition condition, gpointer data) {
  Peer* self = data;
  char block[4096];
  const ssize_t length = read(fd, block, sizeof block);
  (void)condition;
  if (length < 0 && errno == EINTR) return G_SOURCE_CONTINUE;
  if (length <= 0) {
    close_peer(self, "eof");
    return G_SOURCE_REMOVE;
  }
  for (ssize_t i = 0; i < length && g_main_loop_is_running(self->loop); ++i) {
    if (block[i] == '\n') {
      take_line(self);
      g_string_truncate(self->line, 0);
    } else if (self->line->len < kLineBytesMax) {
      g_string_append_c(self->line, block[i]);
    }
  }
  return G_SOURCE_CONTINUE;
}

static int usage(GOptionContext* context, const char* reason) {
  g_autofree gchar* help = g_option_context_get_help(context, TRUE, NULL);
  g_printerr("%s%s\n", help, reason);
  return 2;
}

static void release(Peer* self) {
  g_object_unref(self->agent);
  g_main_loop_unref(self->loop);
  g_string_free(self->line, TRUE);
  g_queue_clear_full(&self->held, (GDestroyNotify)json_object_unref);
  g_free(self->ufrag);
  g_free(self->password);
  g_free(self->remote_ufrag);
  g_free(self->previous_remote_ufrag);
}

static int run(Peer* self) {
  self->loop = g_main_loop_new(NULL, FALSE);
  self->line = g_string_new(NULL);
  say_description(self);
  say("{\"event\":\"gathering\",\"state\":\"gathering\"}");
  const gboolean gathering = nice_agent_gather_candidates(self->agent, self->stream);
  if (gathering) {
    g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input, self);
    g_main_loop_run(self->loop);
    g_printerr("%u candidates held, %u dropped, %u messages or candidates ignored\n",
               self->held.length, self->dropped, self->ignored);
  } else {
    g_printerr("libnice cannot gather on the addresses given\n");
  }
  release(self);
  return gathering ? 0 : 1;
}

static gboolean is_choice(const gchar* value, const gchar* choice, gboolean is_default) {
  return value ? g_str_equal(value, choice) : is_default;
}

int main(int count, char** values) {
  g_autofree gchar* signal = NULL;
  g_autofree gchar* role = NULL;
  g_autofree gchar* nomination = NULL;
  g_auto(GStrv) binds = NULL;
  gint components = 1;
  Peer self = {.held = G_QUEUE_INIT};
  const GOptionEntry entries[] = {
      {"signal", 0, 0, G_OPTION_ARG_STRING, &signal, "only stdio", "stdio"},
      {"role", 0, 0, G_OPTION_ARG_STRING, &role, "who nominates", "controlling|controlled"},
      {"bind", 0, 0, G_OPTION_ARG_STRING_ARRAY, &binds, "repeatable; only these", "ADDR"},
      {"components", 0, 0, G_OPTION_ARG_INT, &components, "1 to 16", "N"},
      {"nomination", 0, 0, G_OPTION_ARG_STRING, &nomination, "how pairs are chosen",
       "regular|aggressive"},
      {"echo", 0, 0, G_OPTION_ARG_NONE, &self.echo, "datagrams go back, no data event", NULL},
      G_OPTION_ENTRY_NULL};
  g_log_writer_default_set_use_stderr(TRUE);
  g_autoptr(GOptionContext) context = g_option_context_new("- libnice, driven by lines of JSON");
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &count, &values, &error))
    return usage(context, error->message);
  const gboolean controlling = is_choice(role, "controlling", TRUE);
  const gboolean regular = is_choice(nomination, "regular", TRUE);
  if (count > 1 || !is_choice(signal, "stdio", TRUE) ||
      !(controlling || is_choice(role, "controlled", FALSE)) ||
      !(regular || is_choice(nomination, "aggressive", FALSE)))
    return usage(context, "a value is not one of those listed");
  if (components < 1 || components > kComponentsMax)
    return usage(context, "--components takes 1 to 16");
  if (!binds) return usage(context, "--bind is needed: this agent uses no other address");
  self.components = (guint)components;
  if (!open_peer(&self, regular ? NICE_AGENT_OPTION_REGULAR_NOMINATION : NICE_AGENT_OPTION_NONE,
                 controlling, binds))
    return usage(context, "--bind takes an IP address");
  return run(&self);
}
