// The data channels of a connection (RFC 8831): what a browser's RTCPeerConnection opens, and what
// two ends of Floe may use beside datagrams.
//
//   Connection connection(host, {…});
//   DataChannels channels(host, connection);      before connection.start()
//   auto doors = channels.open({.label = "doors"});
//   doors->on_message = …;
//   doors->send("open sesame");
//
// An association of SCTP costs 180 kB at each end, and a timer. It begins when this end opens its
// first channel, or the first packet of the peer's arrives; until then, channels that may be opened
// cost nothing.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "floe/channel_driver/data_channel.h"
#include "floe/driver/connection.h"

namespace floe {

struct DataChannelsOptions {
  /// The longest message that the peer may send, in bytes, up to sctp::kMessageSizeMax.
  std::size_t message_size_max = 256 << 10;
};

class DataChannels final : private DataLayer, private TimerListener {
 public:
  /// All of them on one thread, as usrsctp has one of everything. `connection` must be encrypted,
  /// and outlive the channels.
  DataChannels(const Host& host, Connection& connection, DataChannelsOptions options = {});
  ~DataChannels();
  DataChannels(const DataChannels&) = delete;
  DataChannels& operator=(const DataChannels&) = delete;

  /// The peer has opened a channel. Who does not keep it cannot send on it.
  std::function<void(const std::shared_ptr<DataChannel>& channel)> on_channel;

  /// Null, with the error, when the limits forbid it. A channel that is opened before the peer is
  /// there opens later, or is closed when the peer carries none. None of its functions is called
  /// before this returns.
  Result<std::shared_ptr<DataChannel>, channels::OpenError> open(channels::ChannelOptions options);
  /// Closes all channels at once, and those that the peer opens from now on.
  void close();
  /// The longest message that the peer takes; 0 while this is not known, and when it takes none.
  std::size_t message_size_max() const;

 private:
  friend class DataChannel;
  using Handle = std::shared_ptr<DataChannel>;

  enum class Stage : std::uint8_t {
    waiting,  ///< for the peer
    no_peer,  ///< it carries no channels
    ready,    ///< an association may begin
    begun,
    over,
  };
  struct Peer {
    channels::Side side;  ///< this end's
    sctp::Options sctp;
    std::size_t message_size_max;
  };

  signal::SctpParameters describe() const override;
  void on_secured(const peer::Secured& secured,
                  const std::optional<signal::SctpParameters>& peer) override;
  bool take_datagram(Bytes datagram) override;
  bool carries_datagrams() const override { return datagrams_ != nullptr; }
  bool send_datagram(Bytes datagram) override;
  void on_connection_closed() override;
  void handle_timeout(Timestamp now) override;

  std::optional<channels::OpenError> problem_with(const channels::ChannelOptions& options) const;
  void begin();
  void open_now(const Handle& channel);
  void pump();
  void take(channels::Output& output);
  void take(const channels::ChannelOpened& opened);
  void carry_datagrams(const std::shared_ptr<DataChannel>& channel);
  /// Null when no such channel is open.
  Handle find(channels::ChannelId id) const;
  void end(Stage stage);

  // For DataChannel.
  channels::SendResult send(DataChannel& channel, channels::MessageKind kind, Bytes message);
  void close_channel(DataChannel& channel);

  const Host host_;
  Connection& connection_;
  const DataChannelsOptions options_;
  std::unique_ptr<Timer> timer_;
  Stage stage_ = Stage::waiting;
  std::optional<Peer> peer_;
  std::unique_ptr<channels::Channels> channels_;  // of Stage::begun
  std::uint32_t association_ = 0;                 // of DTLS
  bool is_pumping_ = false;
  std::vector<Handle> waiting_;  // for an association
  std::map<channels::ChannelId, Handle> open_;
  Handle datagrams_;  // null: they go beside SCTP
};

}  // namespace floe
