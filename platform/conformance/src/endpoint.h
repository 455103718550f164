// A socket of the host under test, with what its listener heard.
#pragma once

#include "findings.h"

namespace floe::conformance {

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
    if (closes != nullptr) closes->socket.reset();
  }

  /// Whether the socket was bound while the host worked.
  bool open(HostUnderTest& host, const BindRequest& request) {
    socket = host.api().datagram_sockets.open(request, *this);
    return run_until(host, [&] { return bound + failed > 0; }) && bound == 1;
  }

  int bound = 0;
  int failed = 0;
  TransportAddress local;
  std::vector<Received> received;
  Endpoint* closes = nullptr;  // each datagram destroys that one's socket; may be this one
  std::unique_ptr<DatagramSocket> socket;
};

}  // namespace floe::conformance
