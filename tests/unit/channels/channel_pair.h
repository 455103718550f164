// Two ends with data channels, and a network between them that a test may worsen. Virtual time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "floe/channels/channels.h"
#include "floe/sim/seeded_random.h"

namespace floe::testing {

struct ChannelEnd {
  std::unique_ptr<channels::Channels> channels;
  std::vector<channels::ChannelOpened> opened;
  std::vector<channels::MessageReceived> received;
  std::vector<channels::ChannelId> low;
  std::vector<channels::ChannelId> closed;
  std::optional<channels::Ended> ended;

  std::vector<std::string> texts() const;
};

/// After which delays a packet arrives: none when it is lost, two when it is doubled.
using PacketFate = std::function<std::vector<Duration>(Bytes packet)>;

class ChannelPair {
 public:
  static constexpr Duration kOneWay = std::chrono::milliseconds(10);

  explicit ChannelPair(const sctp::Options& options = {}, std::size_t message_size_max = 0);
  ~ChannelPair();

  ChannelEnd client;  // even numbers
  ChannelEnd server;  // odd numbers
  PacketFate network = [](Bytes) { return std::vector{kOneWay}; };
  Timestamp now{std::chrono::hours(1)};

  void connect();
  /// Lets `time` pass.
  void run(Duration time);
  /// Until `holds`, for at most `limit`; whether it does.
  bool run_until(const std::function<bool()>& holds, Duration limit = std::chrono::seconds(60));
  /// Opens a channel and waits for it.
  channels::ChannelId open(const channels::ChannelOptions& options);
  channels::SendResult send(ChannelEnd& from, channels::ChannelId channel, std::string_view text);
  /// Takes what `end` has to say, and sends its packets off.
  void collect(ChannelEnd& end);

  std::size_t packets() const { return packets_; }

 private:
  bool step(Timestamp end);

  sim::SeededRandom client_random_{1};
  sim::SeededRandom server_random_{2};
  std::size_t packets_ = 0;
  std::multimap<Timestamp, std::pair<ChannelEnd*, ByteVector>> under_way_;
};

}  // namespace floe::testing
