// The data channels of one connection as JavaScript sees them: commands in, events out.
#pragma once

#include <map>

#include "command_reader.h"
#include "event_writer.h"
#include "floe/channels/channels.h"

namespace floe::wasm {

class DataChannelsObject {
 public:
  /// `in` has the fields of Command::channels_create. `random` and `events` must outlive the
  /// object.
  DataChannelsObject(EventWriter& events, RandomSource& random, std::uint32_t handle, Timestamp now,
                     CommandReader& in);

  void handle_command(Timestamp now, Command command, std::uint16_t extra, CommandReader& in);
  void handle_timeout(Timestamp now);
  /// Tells the peer that all is over.
  void close(Timestamp now);
  Timestamp deadline() const { return channels_.deadline(); }
  std::uint32_t handle() const { return handle_; }

 private:
  DataChannelsObject(EventWriter& events, RandomSource& random, std::uint32_t handle, Timestamp now,
                     channels::Side side, const sctp::Options& options, CommandReader& in);

  void open(Timestamp now, std::uint16_t number, CommandReader& in);
  void send(Timestamp now, channels::ChannelId channel, CommandReader& in);
  void tell_outputs();
  void tell(const channels::Transmit& packet);
  void tell(const channels::ChannelOpened& opened);
  void tell(const channels::MessageReceived& message);
  void tell(const channels::BufferedLow&) {}  // JavaScript counts for itself
  void tell(const channels::ChannelClosed& closed);
  void tell(const channels::Ended& ended);
  void tell_taken();
  EventWriter& emit(Event kind, std::uint16_t extra = 0) {
    return events_.begin(kind, handle_, extra);
  }

  EventWriter& events_;
  const std::uint32_t handle_;
  const sctp::Options options_;
  channels::Channels channels_;
  /// What JavaScript believes to wait in each channel, in bytes.
  std::map<channels::ChannelId, std::size_t> waiting_;
};

}  // namespace floe::wasm
