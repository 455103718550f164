// A client of the tunnel whose gateway is the input: messages, time, a channel that fills up, and
// an application that opens, uses and destroys sockets and streams, also from inside its callbacks.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "floe/tunnel/client/client.h"
#include "floe/tunnel/records/record_reader.h"
#include "floe/wire/byte_reader.h"

using namespace floe;
using namespace floe::tunnel;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

constexpr std::size_t kSockets = 6;
constexpr std::size_t kResolutions = 12;
constexpr std::size_t kStreams = 5;

struct FuzzClock final : Clock {
  Timestamp time{std::chrono::seconds(1)};
  Timestamp now() const override { return time; }
};

class FuzzChannels final : public MessageChannels {
 public:
  MessageChannelListener* listener = nullptr;
  bool full = false;
  bool closed = false;

  std::unique_ptr<MessageChannel> connect(std::string_view, std::string_view,
                                          MessageChannelListener& to) override {
    listener = &to;
    return std::make_unique<Channel>(*this);
  }

 private:
  class Channel final : public MessageChannel {
   public:
    explicit Channel(FuzzChannels& owner) : owner_(owner) {}
    ~Channel() override { owner_.listener = nullptr; }
    bool send(MessageKind kind, Bytes message) override {
      require(kind == MessageKind::binary && !message.empty() && message.size() <= kMaxMessageSize);
      if (owner_.full || owner_.closed) return false;
      RecordReader reader{message};
      while (const auto record = reader.next()) {
        require(record->has_value());
        require(traits_of(reader.record_type())->sender != Sender::server);
      }
      return true;
    }
    std::size_t buffered_bytes() const override { return 0; }
    void close(std::uint16_t, std::string_view) override { owner_.closed = true; }

   private:
    FuzzChannels& owner_;
  };
};

class Driver final : public ClientListener,
                     public DatagramListener,
                     public StreamListener,
                     public ResolveListener {
 public:
  explicit Driver(Bytes input) : in_(input) {}

  void run() {
    while (in_.remaining() > 0 && client_) step();
    client_.reset();
    for (auto& socket : sockets_)
      require(!socket || socket->send(remote(), {}) != SendStatus::sent);
    for (auto& stream : streams_) require(!stream || !stream->send(ByteVector(1, 0)));
  }

 private:
  void on_closed(const ClientClosed&) override {
    require(!told_closed_);
    told_closed_ = true;
    client_.reset();
  }
  void on_bound(DatagramSocket&, const TransportAddress&) override { meddle(); }
  void on_socket_failed(DatagramSocket&, BindError) override { meddle(); }
  void on_datagram(DatagramSocket&, const Datagram&) override { meddle(); }

  void on_stream_connected(const TransportAddress&) override { meddle(); }
  void on_stream_bytes(Bytes bytes) override {
    require(!bytes.empty());
    meddle();
  }
  void on_stream_drained() override { meddle(); }
  void on_stream_closed(std::string_view reason) override {
    require(!reason.empty());
    meddle();
  }

  void on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) override {
    require(addresses.empty() != error.empty());
    meddle();
  }

  /// What an application may do from inside a callback.
  void meddle() {
    const std::uint8_t what = in_.u8();
    if (what % 4 == 0) sockets_[what / 4 % kSockets].reset();
    if (what % 4 == 1) open(what / 4);
    if (what % 4 == 2) use(what / 4);
    if (what % 8 == 3) ask(what / 8);
    if (what % 8 == 7) resolutions_[what / 8 % kResolutions].reset();
    if (what % 16 == 14) use_stream(what / 16);
    if (what == 0xff) client_.reset();
  }
  void use_stream(std::uint8_t which) {
    auto& stream = streams_[which % kStreams];
    switch (which % 4) {
      case 0:
        if (client_) stream = client_->connect(remote(), {}, *this);
        return;
      case 1:
        if (client_) stream = client_->connect(remote(), TlsClient{std::string(which, 'a')}, *this);
        return;
      case 2:
        if (stream) (void)stream->send(ByteVector(1 + in_.u8() * std::size_t{300}, 0));
        return;
      case 3:
        return stream.reset();
    }
  }
  void ask(std::uint8_t which) {
    const std::string name(which % 4, which % 16 == 5 ? '!' : 'a');
    if (client_) resolutions_[which % kResolutions] = client_->resolve(name, *this);
  }
  void open(std::uint8_t which) {
    if (client_) sockets_[which % kSockets] = client_->open({}, *this);
  }
  void use(std::uint8_t which) {
    auto& socket = sockets_[which % kSockets];
    if (socket) (void)socket->send(remote(), ByteVector(in_.u8() * std::size_t{40}, 0));
  }
  TransportAddress remote() { return {IpAddress::v4(198, 51, 100, in_.u8()), 5000}; }

  void step() {
    const std::uint8_t what = in_.u8();
    const std::uint8_t which = what / 12;
    switch (what % 12) {
      case 0:
        return channels_.listener->on_channel_open();
      case 1:
      case 2: {
        const Bytes message = in_.take(std::min<std::size_t>(in_.u16(), in_.remaining()));
        return channels_.listener->on_channel_message(MessageKind::binary, message);
      }
      case 3:
        return open(which);
      case 4:
        return sockets_[which % kSockets].reset();
      case 5:
        return use(which);
      case 6:
        channels_.full = !channels_.full;
        return;
      case 7:
        channels_.full = false;
        return channels_.listener->on_channel_drained();
      case 8:
        clock_.time += std::chrono::milliseconds(in_.u16());
        return client_->handle_timeout(clock_.time);
      case 9:
        return client_->flush();
      case 10:
        return which % 2 == 0 ? ask(which) : resolutions_[which % kResolutions].reset();
      case 11:
        return use_stream(which);
    }
  }

  ByteReader in_;
  FuzzClock clock_;
  FuzzChannels channels_;
  bool told_closed_ = false;
  std::unique_ptr<Client> client_ = std::make_unique<Client>(
      channels_, clock_, *this, ClientOptions{.url = "ws://gateway/tunnel", .token = {}});
  std::unique_ptr<DatagramSocket> sockets_[kSockets];
  std::unique_ptr<Resolution> resolutions_[kResolutions];
  std::unique_ptr<StreamSocket> streams_[kStreams];
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Driver{Bytes{data, size}}.run();
  return 0;
}
