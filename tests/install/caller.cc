// A caller: joins the same room, says hello until it is answered, and prints the answer.
#include <floe/driver/room.h>
#include <floe/native/system_host.h>

#include <iostream>

int main(int argc, char** argv) {
  std::string answer;
  floe::native::SystemHost host;
  floe::Room room(host.api(), host.message_channels(), {.url = argv[argc - 1], .name = "caller"});
  room.on_connection = [&](floe::Connection& peer, const floe::signal::Peer&) {
    peer.on_datagram = [&](floe::ice::ComponentId, floe::Bytes datagram) {
      answer = floe::as_text(datagram);
    };
  };
  answer = room.join();  // empty, or what is wrong with the URL
  do {
    host.loop().run_once(std::chrono::milliseconds(100));
    room.send(floe::as_bytes("hello"));  // again and again, since datagrams may be lost
  } while (answer.empty());
  std::cout << answer << std::endl;
}
