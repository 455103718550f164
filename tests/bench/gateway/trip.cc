// How long one datagram takes to a peer and back, by a relay and straight.
#include <poll.h>

#include <array>

#include "gateway/relay.h"
#include "gateway/rows.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/samples.h"
#include "plain/echo_peers.h"

namespace floe::bench {
namespace {

constexpr std::array<std::uint8_t, 100> kPayload{0x80};

void wait_for(int fd) {
  pollfd waiting{fd, POLLIN, 0};
  require(poll(&waiting, 1, 5000) == 1, "a datagram does not come back");
}

void trip_by_relay(RelayClient& client) {
  bool came = false;
  client.send(0, kPayload);
  client.flush();
  while (!came) {
    wait_for(client.fd());
    client.receive([&](Bytes payload) { came = payload.size() == kPayload.size(); });
  }
}

void trip_straight(const PlainSocket& socket, const sockaddr_in& peer) {
  std::array<std::uint8_t, 200> buffer;
  sockaddr_in from{};
  socket.send(peer, kPayload);
  do {
    wait_for(socket.fd());
  } while (!socket.receive(buffer, from));
}

template <class Trip>
double median_us(std::size_t count, const Trip& trip) {
  Samples samples;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t begin = wall_ns();
    trip();
    samples.add(static_cast<double>(wall_ns() - begin) / 1e3);
  }
  return samples.percentile(0.5);
}

}  // namespace

void measure_trip(const Options& options) {
  const std::size_t count = options.count("trips", 5000);
  const EchoPeers peers(1);
  const auto client = Relay(options).new_client();
  client->open_peer(0, peers.address(0));
  const PlainSocket socket;
  const double by_relay = median_us(count, [&] { trip_by_relay(*client); });
  const double straight =
      median_us(count, [&] { trip_straight(socket, peers.socket(0).address()); });
  Figures figures;
  figures.add("trip_us", by_relay);
  figures.add("straight_us", straight);
  figures.add("added_us", by_relay - straight);
  figures.print();
}

}  // namespace floe::bench
