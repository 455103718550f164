// A caller: joins the same room, says hello to whoever is there, and prints what comes back.
#include <floe/native/room.h>
#include <floe/native/system_host.h>

#include <iostream>

int main(int argc, char** argv) {
  floe::native::SystemHost host;
  floe::native::Room room(host.api(), host.message_channels(),
                          {.url = argv[argc - 1], .name = "caller"});
  room.on_connection = [&](floe::native::Connection& peer, const floe::signal::Peer&) {
    peer.on_state = [&](floe::ice::State state) {
      if (state == floe::ice::State::connected) peer.send(floe::as_bytes("hello"));
    };
    peer.on_datagram = [&](floe::ice::Component, floe::Bytes datagram) {
      std::cout << floe::as_text(datagram) << std::endl;
      host.loop().stop();
    };
  };
  room.join();
  host.loop().run();
}
