// libnice as the peer of a connection: one agent, one stream, and what it last reported on stdout.
//
// Full agent, UDP only, trickling (RFC 8838), consent checks (RFC 7675). Driven by GLib's main loop
// in one thread: libnice's signals enter libnice_peer.c, lines of stdin libnice_agent.c.
// What libnice does not do: report disconnected (lost consent is failed at once), send a datagram
// of no bytes (not-connected here), fail while no pair can be formed.
#pragma once

#include <json-glib/json-glib.h>
#include <nice/agent.h>

enum {
  kComponentsMax = 16,
  kHeldMax = 64,                 // candidates of a generation not known yet
  kMessageBytesMax = 16 * 1024,  // a signalling message
  kLineBytesMax = 128 * 1024,    // a send command with the largest datagram, in base64
  kDatagramBytesMax = 65507,
};

typedef struct {
  NiceAgent* agent;
  GMainLoop* loop;
  guint stream;
  guint components;
  gboolean echo;

  gchar* ufrag;  // the own generation
  gchar* password;
  gchar* remote_ufrag;           // the generation paired with, or NULL
  gchar* previous_remote_ufrag;  // the one before it: its late candidates are dropped
  gboolean gathered;
  gboolean peer_gathered;

  NiceComponentState states[kComponentsMax + 1];  // by component, from 1
  gboolean selected[kComponentsMax + 1];
  const char* state;  // as last reported

  GString* line;  // the line of stdin being read
  GQueue held;    // JsonObject*, oldest first
  guint dropped;
  guint ignored;
} Peer;

// Writes one line to stdout and flushes it.
void say(const char* format, ...) G_GNUC_PRINTF(1, 2);

// Reports an error event; code and message hold nothing that JSON would escape.
void complain(const char* code, const char* message);

// Makes the agent with its stream and one local address for each of binds, NULL at the end.
// False when an address does not parse. Says nothing and gathers nothing yet.
gboolean open_peer(Peer* self, NiceAgentOption options, gboolean controlling, gchar** binds);

// Says the own generation with all candidates so far: first line, restart, or answer to one.
void say_description(Peer* self);

// Reports the W3C state if it changed.
void report_state(Peer* self);

// Says bye unless the peer did, and the last two lines; ends the loop. A second call does nothing.
void close_peer(Peer* self, const char* reason);

// Obeys one object of the peer or the harness; in libnice_signalling.c.
void take_message(Peer* self, JsonObject* object);
