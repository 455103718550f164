// A client that does not read while its peer goes on sending: what the relay's memory does, and how
// much of the past the client gets when it reads again.
#include <sys/ioctl.h>

#include <array>
#include <thread>

#include "floe/wire/byte_writer.h"
#include "gateway/relay.h"
#include "gateway/rows.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/other_process.h"
#include "plain/echo_peers.h"
#include "plain/outgoing_batch.h"

namespace floe::bench {
namespace {

constexpr std::size_t kSize = 1200;
/// 140,000 a second.
constexpr std::size_t kBurst = 35;
constexpr std::int64_t kBurst_ns = 250'000;
constexpr std::int64_t kQuiet_ns = 300'000'000;
constexpr std::int64_t kReadingMax_ns = 3'000'000'000;

/// Sends until then, and says how much memory `server` had at most meanwhile.
double send_until(std::int64_t end_ns, const PlainSocket& peer, const sockaddr_in& to,
                  const OtherProcess& server) {
  // The first byte is that of RTP, so that nobody takes it for STUN.
  const ByteVector payloads(kBurst * kSize, 0x80);
  PlainOutgoingBatch batch(to, payloads, kSize);
  double peak = 0;
  std::int64_t next_ns = wall_ns();
  for (unsigned turn = 0; next_ns < end_ns; ++turn) {
    batch.send(peer.fd());
    if (turn % 128 == 0) peak = std::max(peak, server.resident_bytes());
    next_ns += kBurst_ns;
    const std::int64_t left = next_ns - wall_ns();
    if (left > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(left));
  }
  return std::max(peak, server.resident_bytes());
}

/// What has come already, of a TCP connection.
double waiting_bytes(const RelayClient& client) {
  int bytes = 0;
  require(ioctl(client.fd(), FIONREAD, &bytes) == 0, "no descriptor");
  return bytes;
}

/// Until nothing comes any more.
std::size_t read_all(RelayClient& client) {
  PlainPoller poller;
  poller.add_stream(client.fd(), 0);
  std::size_t count = 0;
  const std::int64_t end_ns = wall_ns() + kReadingMax_ns;
  while (wall_ns() < end_ns && !poller.wait(wall_ns() + kQuiet_ns).empty()) {
    client.receive([&](Bytes) { ++count; });
  }
  return count;
}

}  // namespace

void measure_stalled(const Options& options) {
  const OtherProcess server(options.number("pid", 0));
  const EchoPeers peers(1);
  const auto client = Relay(options).new_client();
  client->open_peer(0, peers.address(0));
  // One that comes back: from here on the peer knows where to send to.
  const std::array<std::uint8_t, 100> first{0x80};
  client->send(0, first);
  client->flush();
  require(read_all(*client) == 1, "a datagram does not come back");
  const double before = server.resident_bytes();
  const std::int64_t end_ns = wall_ns() + options.number("ms", 2500) * 1'000'000;
  const double peak = send_until(end_ns, peers.socket(0), peers.last_source(), server);
  const double in_client = waiting_bytes(*client);
  const auto stale = static_cast<double>(read_all(*client));
  Figures figures;
  figures.add("grown_bytes", peak - before);
  figures.add("stale_datagrams", stale);
  figures.add("stale_bytes", stale * kSize);
  figures.add("in_client_bytes", in_client);
  figures.print();
}

}  // namespace floe::bench
