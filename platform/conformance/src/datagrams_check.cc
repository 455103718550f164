// DatagramSockets: opening, sending, receiving.
#include "endpoint.h"

namespace floe::conformance {
namespace {

using namespace std::chrono_literals;

void check_opening(HostUnderTest& host, Findings& findings) {
  Endpoint end;
  end.socket = host.api().datagram_sockets.open({host.address()}, end);
  findings.expect(end.bound + end.failed == 0,
                  "DatagramSockets: the listener hears nothing from inside open().");
  findings.expect(end.socket->send({host.address(), 9}, as_bytes("early")) == SendStatus::failed,
                  "DatagramSocket: send() fails before on_bound().");
  run_until(host, [&] { return end.bound + end.failed > 0; });
  findings.expect(end.bound == 1 && end.failed == 0,
                  "DatagramSockets: a socket on the host's own address is bound.");
  findings.expect(end.local.ip == host.address() && end.local.port != 0,
                  "DatagramSockets: on_bound() tells the address and the port.");

  Endpoint foreign;
  const bool is_ipv4 = host.address().is_ipv4();
  const auto elsewhere = *IpAddress::parse(is_ipv4 ? "203.0.113.77" : "2001:db8:ffff::77");
  findings.expect(!foreign.open(host, {elsewhere}) && foreign.failed == 1,
                  "DatagramSockets: a socket on another host's address fails.");
}

void check_ports(HostUnderTest& host, Findings& findings) {
  Endpoint first;
  const std::uint16_t low = 50000;
  const std::uint16_t high = 50050;
  const bool is_open = first.open(host, {host.address(), low, high});
  findings.expect(is_open && first.local.port >= low && first.local.port <= high,
                  "DatagramSockets: the port is in the range that was asked for.");
  if (!is_open) return;
  // A range that begins with the port of the first.
  const std::uint16_t taken = first.local.port;
  const auto last = static_cast<std::uint16_t>(taken + 20);
  Endpoint second;
  const bool is_second_open = second.open(host, {host.address(), taken, last});
  findings.expect(is_second_open && second.local.port > taken && second.local.port <= last,
                  "DatagramSockets: while a port is taken, another of the range is bound.");
}

ByteVector payload_of(std::size_t size) {
  ByteVector payload(size);
  for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<std::uint8_t>(i * 7 + size);
  return payload;
}

/// Whether a payload of `size` bytes arrives as it was sent.
bool passes(HostUnderTest& host, Endpoint& from, Endpoint& to, std::size_t size) {
  const ByteVector payload = payload_of(size);
  // UDP may lose one.
  for (int attempt = 0; attempt < 5; ++attempt) {
    to.received.clear();
    from.socket->send(to.local, payload);
    if (run_until(
            host, [&] { return !to.received.empty(); }, 300ms))
      break;
  }
  return !to.received.empty() && to.received.front().payload == payload;
}

void check_sending(HostUnderTest& host, Findings& findings) {
  Endpoint left;
  Endpoint right;
  if (!left.open(host, {host.address()}) || !right.open(host, {host.address()})) return;
  findings.expect(passes(host, left, right, 100), "DatagramSocket: a datagram arrives unchanged.");
  if (!right.received.empty()) {
    const Received& first = right.received.front();
    findings.expect(first.remote == left.local, "Datagram: `remote` is the sender's address.");
    findings.expect(first.local == right.local, "Datagram: `local` is the receiver's address.");
  }
  findings.expect(passes(host, left, right, 0), "DatagramSocket: an empty datagram arrives.");
  findings.expect(passes(host, left, right, 1200), "DatagramSocket: 1,200 bytes arrive unchanged.");
  const ByteVector longest = payload_of(kMaxDatagramSize);
  const bool cannot_send = left.socket->send(right.local, longest) == SendStatus::too_large;
  findings.expect(
      cannot_send || passes(host, left, right, kMaxDatagramSize),
      "DatagramSocket: a datagram of kMaxDatagramSize, if it can be sent, arrives unchanged.");
  const IpAddress other = host.address().is_ipv4() ? IpAddress::loopback(Family::ipv6)
                                                   : IpAddress::loopback(Family::ipv4);
  findings.expect(left.socket->send({other, 9}, as_bytes("x")) == SendStatus::failed,
                  "DatagramSocket: send() to the other family fails.");
  const ByteVector too_long(kMaxDatagramSize + 100);
  findings.expect(left.socket->send(right.local, too_long) != SendStatus::sent,
                  "DatagramSocket: a payload longer than the longest datagram is not sent.");

  right.received.clear();
  for (const TransportAddress& to : {left.local, right.local}) {
    left.socket->send(to, as_bytes("later"));
  }
  findings.expect(left.received.empty() && right.received.empty(),
                  "DatagramSocket: on_datagram() never comes from inside send().");
}

}  // namespace

void check_datagrams(HostUnderTest& host, Findings& findings) {
  check_opening(host, findings);
  check_ports(host, findings);
  check_sending(host, findings);
}

}  // namespace floe::conformance
