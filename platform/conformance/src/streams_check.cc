// StreamSockets: without a server, only failures can be checked.
#include "findings.h"

namespace floe::conformance {
namespace {

struct Stream final : StreamListener {
  void on_stream_connected(const TransportAddress&) override { ++connected; }
  void on_stream_bytes(Bytes) override {}
  void on_stream_closed(std::string_view why) override {
    ++closed;
    reason = why;
  }
  int connected = 0;
  int closed = 0;
  std::string reason;
};

}  // namespace

void check_streams(HostUnderTest& host, Findings& findings) {
  StreamSockets& streams = *host.api().streams;
  const TransportAddress closed_port{host.address(), 1};
  Stream refused;
  const auto socket = streams.connect(closed_port, std::nullopt, refused);
  findings.expect(refused.connected + refused.closed == 0,
                  "StreamSockets: the listener hears nothing from inside connect().");
  findings.expect(!socket->send(as_bytes("early")),
                  "StreamSocket: send() takes nothing before it is connected.");
  const bool is_told = run_until(
      host, [&] { return refused.closed > 0; }, kStreamConnectTimeout + std::chrono::seconds(1));
  findings.expect(is_told, "StreamSockets: a failed connect() ends with on_stream_closed().");
  if (is_told) {
    findings.expect(!refused.reason.empty(), "StreamSockets: on_stream_closed() says why.");
    findings.expect(!socket->send(as_bytes("late")),
                    "StreamSocket: send() takes nothing after it has closed.");
  }
  findings.expect(refused.connected == 0, "StreamSockets: nothing listens on a closed port.");

  Stream dropped;
  streams.connect(closed_port, std::nullopt, dropped).reset();
  host.run_for(std::chrono::milliseconds(100));
  findings.expect(dropped.closed == 0, "StreamSocket: a destroyed one tells nothing more.");
}

}  // namespace floe::conformance
