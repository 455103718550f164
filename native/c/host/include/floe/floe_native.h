// Floe for a C program on Linux: joins a room of a signalling server and exchanges datagrams with
// the peers in it, and messages in data channels. Sockets, timers and the event loop are the
// library's; link floe::native.
//
//   floe_host* host;                              one a program is enough
//   floe_host_create(NULL, &host);
//   floe_room_join(host, &config, &room);         callbacks in `config`
//   floe_host_run(host);                          or floe_host_fd() in a loop of the program's own
//   floe_host_destroy(host);
//
// A host and everything made with it belongs to one thread, except for floe_host_stop(); the
// library starts no other thread that calls the program. Callbacks come from inside
// floe_host_run(), floe_host_run_once() and floe_host_destroy(); when another function changes a
// state, its callback comes from inside that function. A callback may call every function except
// those that run the host; when it destroys the host, that takes effect after it. Memory that a
// callback gets a pointer to is valid until the callback returns; handles live longer.
#pragma once

#include "floe/c/channel.h"
#include "floe/c/connection.h"
#include "floe/c/host.h"
#include "floe/c/room.h"
