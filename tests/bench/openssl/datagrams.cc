// What an encrypted datagram costs from one plain socket to another, with OpenSSL.
#include <array>
#include <vector>

#include "measure/clocks.h"
#include "measure/figures.h"
#include "openssl/dtls_end.h"
#include "openssl/rows.h"
#include "plain/socket.h"

namespace floe::bench {
namespace {

/// As OpenSSL's users have it: each record is a call of the kernel.
BIO* datagrams_of(const PlainSocket& socket, const PlainSocket& peer) {
  sockaddr_in address = peer.address();
  auto* const to = reinterpret_cast<sockaddr*>(&address);
  require(connect(socket.fd(), to, sizeof address) == 0, "not connected");
  BIO* const bio = BIO_new_dgram(socket.fd(), BIO_NOCLOSE);
  BIO_ctrl(bio, BIO_CTRL_DGRAM_SET_CONNECTED, 0, to);
  return bio;
}

}  // namespace

/// Bursts as those of plain-bench, with one call of the kernel for each datagram.
void measure_openssl_datagrams(const Options& options) {
  const std::size_t burst = options.count("burst", 32);
  const std::size_t bursts = options.count("datagrams", 200'000) / burst;
  const std::vector<std::uint8_t> payload(options.count("bytes", 1200), 0x80);
  const std::array<PlainSocket, 2> sockets;
  BIO* const left = datagrams_of(sockets[0], sockets[1]);
  BIO* const right = datagrams_of(sockets[1], sockets[0]);
  DtlsEnd sender(DtlsEnd::Role::client, left, left);
  DtlsEnd receiver(DtlsEnd::Role::server, right, right);
  shake_hands(sender, receiver);
  PlainPoller poller;
  poller.add(sockets[1].fd(), 1);
  std::array<std::uint8_t, 2048> buffer;
  const std::int64_t wall = wall_ns();
  const std::int64_t cpu = cpu_ns();
  for (std::size_t sent = 0; sent < bursts; ++sent) {
    for (std::size_t i = 0; i < burst; ++i) sender.write(payload);
    for (std::size_t arrived = 0; arrived < burst;) {
      poller.wait();
      while (arrived < burst && receiver.read(buffer) != 0) ++arrived;
    }
  }
  const auto cpu_us = static_cast<double>(cpu_ns() - cpu) / 1e3;
  const auto wall_s = static_cast<double>(wall_ns() - wall) / 1e9;

  const auto datagrams = static_cast<double>(bursts * burst);
  Figures figures;
  figures.add("cpu_us", cpu_us / datagrams);
  figures.add("cpu_ns_per_byte", cpu_us * 1e3 / datagrams / static_cast<double>(payload.size()));
  figures.add("datagrams_per_s", datagrams / wall_s);
  figures.print();
}

}  // namespace floe::bench
