// A client of a gateway that says whatever a test wants, record by record.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "floe/native/system_host.h"
#include "floe/tunnel/records/parse_record.h"
#include "floe/tunnel/records/record_reader.h"
#include "loop_runner.h"
#include "tunnel/encoded_records.h"

namespace floe::gateway::test {

class RawTunnel final : private MessageChannelListener {
 public:
  RawTunnel(native::SystemHost& host, const TransportAddress& gateway)
      : loop_(host.loop()),
        channel_(host.message_channels().connect("ws://" + gateway.to_text() + "/tunnel",
                                                 tunnel::kSubprotocol, *this)) {
    native::test::run_until(loop_, [this] { return is_open || closed; });
  }

  bool say(Bytes message) { return channel_->send(MessageKind::binary, message); }
  template <class... R>
  bool say_records(const R&... records) {
    return say(tunnel::test::encode(records...));
  }
  /// HELLO and one bound socket.
  bool bind(tunnel::SocketId socket) {
    say_records(tunnel::Hello{1, 1, {}, {}});
    say_records(tunnel::Bind{socket, {IpAddress::loopback(Family::ipv4), 0, 0}});
    return native::test::run_until(loop_, [this] { return !bound.empty(); });
  }

  bool is_open = false;
  std::optional<std::uint16_t> closed;
  std::string close_reason;
  std::vector<tunnel::Bound> bound;
  std::vector<tunnel::SocketClosed> sockets_closed;
  std::vector<tunnel::PermissionChanged> permissions;
  std::vector<tunnel::PeerOpened> opened;
  std::vector<ByteVector> received;
  tunnel::DropCounters dropped;

 private:
  void on_channel_open() override { is_open = true; }
  void on_channel_message(MessageKind, Bytes message) override {
    tunnel::RecordReader reader(message);
    const auto handle = [this](const auto& record) { note(record); };
    while (const auto raw = reader.next_raw()) (void)tunnel::parse_any(**raw, handle);
  }
  void on_channel_closed(const ChannelClosed& why) override {
    closed = why.code;
    close_reason = why.reason;
  }

  template <class R>
  void note(const R&) {}
  void note(const tunnel::Bound& record) { bound.push_back(record); }
  void note(const tunnel::SocketClosed& record) { sockets_closed.push_back(record); }
  void note(const tunnel::PermissionChanged& record) { permissions.push_back(record); }
  void note(const tunnel::PeerOpened& record) { opened.push_back(record); }
  void note(const tunnel::Received& record) { keep(record.payload); }
  void note(const tunnel::ReceivedShort& record) { keep(record.payload); }
  void keep(Bytes payload) { received.emplace_back(payload.begin(), payload.end()); }

  native::Loop& loop_;
  std::unique_ptr<MessageChannel> channel_;
};

}  // namespace floe::gateway::test
