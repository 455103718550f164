// The data channels of one connection (RFC 8831), opened by DCEP (RFC 8832) on one SCTP
// association, without I/O. What carries the packets is DTLS.
//
//   Channels channels(side, options, random);
//   channels.connect(now);                     when DTLS is through
//   what DTLS opened ─▶ handle_packet(now, bytes)
//   after each call: poll_output()* ─▶ to DTLS and to the application
//                    one timer for deadline() ─▶ handle_timeout(now)
#pragma once

#include <deque>
#include <memory>
#include <variant>
#include <vector>

#include "floe/channels/channel.h"
#include "floe/types/result.h"

namespace floe::channels {

/// RFC 8832, section 6: the client of DTLS gives channels even numbers, the server odd ones.
enum class Side : std::uint8_t { dtls_client, dtls_server };

using sctp::Transmit;

/// A channel is open: the peer has acknowledged it, or has opened it.
struct ChannelOpened {
  ChannelId channel;
  bool by_peer;
  ChannelOptions options;
};
struct MessageReceived {
  ChannelId channel;
  MessageKind kind;
  ByteVector bytes;
};
/// What waits in the channel has come down to its threshold.
struct BufferedLow {
  ChannelId channel;
};
/// Nothing more comes from the channel and its number is free.
struct ChannelClosed {
  ChannelId channel;
};
/// The association is over, and all channels with it; nothing follows.
using sctp::Ended;

using Output =
    std::variant<Transmit, ChannelOpened, MessageReceived, BufferedLow, ChannelClosed, Ended>;

enum class OpenError : std::uint8_t {
  limit,     ///< kChannelsMax, or the streams that the peer takes
  taken,     ///< the number of a negotiated channel is another channel's
  too_long,  ///< the label or the protocol
  over,      ///< the association is
  no_peer,   ///< the peer carries no channels
};

enum class SendResult : std::uint8_t {
  sent,        ///< or waits in the channel
  no_channel,  ///< it was closed, or never opened
  too_long,    ///< longer than the peer takes
  full,        ///< kBufferedMax
};

struct Channel;
class ChannelTable;

class Channels {
 public:
  /// `message_size_max` is the peer's, in bytes, as its description has it; 0: any.
  Channels(Side side, const sctp::Options& options, std::size_t message_size_max,
           RandomSource& random);
  ~Channels();
  Channels(const Channels&) = delete;
  Channels& operator=(const Channels&) = delete;

  /// Channels may be opened, and messages sent, before this call. False as in
  /// sctp::Association::connect().
  bool connect(Timestamp now);
  void handle_packet(Timestamp now, Bytes packet);
  void handle_timeout(Timestamp now);
  Timestamp deadline() const { return association_.deadline(); }
  std::optional<Output> poll_output();

  Result<ChannelId, OpenError> open(Timestamp now, const ChannelOptions& options);
  SendResult send(Timestamp now, ChannelId channel, MessageKind kind, Bytes message);
  /// What waits is sent before.
  void close_channel(Timestamp now, ChannelId channel);
  /// Tells the peer. All channels are closed, without an output for each.
  void close(Timestamp now);

  std::size_t buffered(ChannelId channel) const;
  /// BufferedLow is told when buffered() comes down to `size`; 0 at first.
  void set_low_threshold(ChannelId channel, std::size_t size);
  /// Null when there is no such channel.
  const ChannelCounters* counters(ChannelId channel) const;

 private:
  void take_outputs(Timestamp now);
  void take_connected(std::uint16_t streams);
  void take_message(const sctp::MessageReceived& message);
  void take_control(const sctp::MessageReceived& message);
  void open_for_peer(ChannelId id, const ChannelOptions& options);
  void take_reset_by_peer(const std::vector<ChannelId>& ids);
  void take_reset_done(const sctp::ResetDone& done);
  void flush(Timestamp now);
  bool flush_channel(Timestamp now, Channel& channel);
  void reset_closing(Timestamp now);
  void forget_closed(Channel& channel);
  std::optional<ChannelId> free_id() const;

  const std::uint16_t first_id_;
  const std::size_t message_size_max_;
  sctp::Association association_;
  std::unique_ptr<ChannelTable> table_;
  std::deque<Output> outputs_;
  std::vector<ChannelId> being_reset_;
  std::uint16_t streams_ = sctp::kStreamsMax;
  bool over_ = false;
};

}  // namespace floe::channels
