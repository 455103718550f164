// Clients and server sessions joined by channels in memory, on a clock that the test turns.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/tunnel/client/client.h"
#include "test_gateway.h"

namespace floe::tunnel::test {

inline TransportAddress address(const char* text) {
  return *TransportAddress::parse(text);
}
inline ByteVector bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

struct TestClock final : Clock {
  Timestamp time{std::chrono::seconds(1000)};
  Timestamp now() const override { return time; }
};

struct ChannelState {
  MessageChannelListener* listener = nullptr;  // null once the channel was destroyed
  std::deque<ByteVector> outgoing;
  bool full = false;
  bool closed = false;
  std::uint16_t close_code = 0;
};

class MemoryChannels final : public MessageChannels {
 public:
  std::shared_ptr<ChannelState> last;

  std::unique_ptr<MessageChannel> connect(std::string_view, std::string_view,
                                          MessageChannelListener& listener) override {
    last = std::make_shared<ChannelState>();
    last->listener = &listener;
    return std::make_unique<Channel>(last);
  }

 private:
  class Channel final : public MessageChannel {
   public:
    explicit Channel(std::shared_ptr<ChannelState> state) : state_(std::move(state)) {}
    ~Channel() override { state_->listener = nullptr; }
    bool send(MessageKind, Bytes message) override {
      if (state_->full || state_->closed) return false;
      state_->outgoing.emplace_back(message.begin(), message.end());
      return true;
    }
    std::size_t buffered_bytes() const override { return 0; }
    void close(std::uint16_t code, std::string_view) override {
      state_->closed = true;
      state_->close_code = code;
    }

   private:
    std::shared_ptr<ChannelState> state_;
  };
};

struct SeenDatagram {
  TransportAddress local;
  TransportAddress remote;
  ByteVector payload;
};

/// Remembers what a socket tells.
struct SocketLog final : DatagramListener {
  std::optional<TransportAddress> bound;
  std::optional<BindError> failed;
  std::vector<SeenDatagram> received;

  void on_bound(DatagramSocket&, const TransportAddress& local) override { bound = local; }
  void on_socket_failed(DatagramSocket&, BindError error) override { failed = error; }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    received.push_back(
        {datagram.local, datagram.remote, {datagram.payload.begin(), datagram.payload.end()}});
  }
};

struct ClientLog final : ClientListener {
  int ready = 0;
  int alarms = 0;
  std::optional<GoAway> go_away;
  int closed_count = 0;
  std::optional<CloseCause> cause;
  std::uint16_t code = 0;
  std::string reason;
  std::optional<GoAway> closed_go_away;

  void on_ready() override { ++ready; }
  void on_alarm() override { ++alarms; }
  void on_go_away(const GoAway& told) override { go_away = told; }
  void on_closed(const ClientClosed& closed) override {
    ++closed_count;
    cause = closed.cause;
    code = closed.code;
    reason = closed.reason;
    closed_go_away = closed.go_away;
  }
};

/// One client, one session, and the way between them.
class Tunnel {
 public:
  explicit Tunnel(ClientOptions options = {}, SessionLimits limits = {})
      : gateway(limits),
        session(clock.time, gateway.channel, gateway, gateway, limits),
        client(std::make_unique<Client>(channels, clock, log, std::move(options))),
        channel(channels.last) {}

  /// Opens the channel and carries messages until both ends are quiet.
  void connect() {
    channel->listener->on_channel_open();
    pump();
  }

  void pump() {
    for (int i = 0; i < 100 && turn(); ++i) {
    }
  }

  /// Carries what there is, each way once. False when nothing moved.
  bool turn() {
    const bool up = carry_up();
    const bool down = carry_down();
    return up || down;
  }

  bool carry_up() {
    if (client) client->flush();
    const auto messages = std::exchange(channel->outgoing, {});
    for (const ByteVector& message : messages) session.handle_message(clock.time, message);
    session.flush(clock.time);
    bind_opened();
    answer_lookups();
    return !messages.empty();
  }

  bool carry_down() {
    session.flush(clock.time);
    const auto messages = std::exchange(gateway.messages, {});
    for (const ByteVector& message : messages) {
      if (channel->listener) channel->listener->on_channel_message(MessageKind::binary, message);
    }
    if (gateway.close_code != 0 && channel->listener && !channel->closed) {
      channel->closed = true;
      channel->listener->on_channel_closed({gateway.close_code, gateway.close_reason});
    }
    return !messages.empty();
  }

  /// A socket of the client that is bound.
  std::unique_ptr<DatagramSocket> open(SocketLog& listener, const char* ip = "192.0.2.1") {
    auto socket = client->open({*IpAddress::parse(ip), 0, 0}, listener);
    pump();
    return socket;
  }

  void advance(Duration by) {
    clock.time += by;
    if (client) client->handle_timeout(clock.time);
    session.handle_timeout(clock.time);
    pump();
  }

  /// A datagram from the network.
  void deliver(SocketId socket, const TransportAddress& from, std::string_view payload) {
    session.sockets().handle_datagram(clock.time, socket,
                                      {local_of(socket), from, as_bytes(payload)});
  }

  TransportAddress local_of(SocketId socket) const {
    const auto found = gateway.open_sockets.find(socket);
    const IpAddress ip = found == gateway.open_sockets.end() ? IpAddress{} : found->second.ip;
    return {ip, static_cast<std::uint16_t>(40000 + socket.value())};
  }

  bool binds = true;  // the gateway answers BIND
  /// What the gateway finds; others are unknown. Null: it does not answer.
  std::optional<std::map<std::string, std::vector<IpAddress>>> names{std::in_place};
  TestClock clock;
  ClientLog log;
  MemoryChannels channels;
  TestGateway gateway;
  ServerSession session;
  std::unique_ptr<Client> client;
  std::shared_ptr<ChannelState> channel;

 private:
  void answer_lookups() {
    if (!names) return;
    for (const AskedName& asked : std::exchange(gateway.asked_names, {})) {
      const auto found = names->find(asked.name);
      const bool is_known = found != names->end();
      session.lookups().handle_resolved(asked.lookup,
                                        is_known ? LookupStatus::found : LookupStatus::no_such_name,
                                        is_known ? found->second : std::vector<IpAddress>{});
    }
  }

  void bind_opened() {
    if (!binds) return;
    for (const auto& [socket, request] : gateway.open_sockets) {
      session.sockets().handle_bound(socket, local_of(socket), address("198.51.100.1:7"));
    }
  }
};

}  // namespace floe::tunnel::test
