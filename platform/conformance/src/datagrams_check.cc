// DatagramSockets.
#include "findings.h"

namespace floe::conformance {
namespace {

using namespace std::chrono_literals;

struct Received {
  TransportAddress local;
  TransportAddress remote;
  ByteVector payload;
};

struct Endpoint final : DatagramListener {
  void on_bound(DatagramSocket&, const TransportAddress& at) override {
    ++bound;
    local = at;
  }
  void on_socket_failed(DatagramSocket&, BindError) override { ++failed; }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    received.push_back({datagram.local, datagram.remote,
                        ByteVector(datagram.payload.begin(), datagram.payload.end())});
    if (closes_itself) socket.reset();
  }

  int bound = 0;
  int failed = 0;
  TransportAddress local;
  std::vector<Received> received;
  bool closes_itself = false;
  std::unique_ptr<DatagramSocket> socket;
};

bool open(HostUnderTest& host, Endpoint& end, const BindRequest& request) {
  end.socket = host.api().datagram_sockets.open(request, end);
  return run_until(host, [&] { return end.bound + end.failed > 0; }) && end.bound == 1;
}

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
  findings.expect(!open(host, foreign, {elsewhere}) && foreign.failed == 1,
                  "DatagramSockets: a socket on another host's address fails.");

  Endpoint in_range;
  const std::uint16_t low = 50000;
  const bool is_open = open(host, in_range, {host.address(), low, 50050});
  findings.expect(is_open && in_range.local.port >= low && in_range.local.port <= 50050,
                  "DatagramSockets: the port is in the range that was asked for.");
}

/// Whether a payload of `size` bytes arrives as it was sent.
bool passes(HostUnderTest& host, Endpoint& from, Endpoint& to, std::size_t size) {
  ByteVector payload(size);
  for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<std::uint8_t>(i * 7 + size);
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
  if (!open(host, left, {host.address()}) || !open(host, right, {host.address()})) return;
  findings.expect(passes(host, left, right, 100), "DatagramSocket: a datagram arrives unchanged.");
  if (!right.received.empty()) {
    const Received& first = right.received.front();
    findings.expect(first.remote == left.local, "Datagram: `remote` is the sender's address.");
    findings.expect(first.local == right.local, "Datagram: `local` is the receiver's address.");
  }
  findings.expect(passes(host, left, right, 0), "DatagramSocket: an empty datagram arrives.");
  findings.expect(passes(host, left, right, 1200), "DatagramSocket: 1,200 bytes arrive unchanged.");
  const IpAddress other = host.address().is_ipv4() ? IpAddress::loopback(Family::ipv6)
                                                   : IpAddress::loopback(Family::ipv4);
  findings.expect(left.socket->send({other, 9}, as_bytes("x")) == SendStatus::failed,
                  "DatagramSocket: send() to the other family fails.");
  const ByteVector too_long(kMaxDatagramSize + 100);
  findings.expect(left.socket->send(right.local, too_long) != SendStatus::sent,
                  "DatagramSocket: a payload longer than the longest datagram is not sent.");
}

void check_closing(HostUnderTest& host, Findings& findings) {
  Endpoint left;
  Endpoint right;
  if (!open(host, left, {host.address()}) || !open(host, right, {host.address()})) return;
  right.closes_itself = true;
  for (int i = 0; i < 10; ++i) left.socket->send(right.local, as_bytes("again"));
  host.run_for(200ms);
  findings.expect(
      right.received.size() <= 1,
      "DatagramSocket: one that was destroyed from inside on_datagram() hears no more.");
  Endpoint unheard;
  unheard.socket = host.api().datagram_sockets.open({host.address()}, unheard);
  unheard.socket.reset();
  host.run_for(100ms);
  findings.expect(unheard.bound + unheard.failed == 0,
                  "DatagramSocket: one that was destroyed before it was bound hears nothing.");
}

}  // namespace

void check_datagrams(HostUnderTest& host, Findings& findings) {
  check_opening(host, findings);
  check_sending(host, findings);
  check_closing(host, findings);
}

}  // namespace floe::conformance
