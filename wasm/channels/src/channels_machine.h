// The module of data channels as a whole: the channels of connections by handle, and the work of
// the exports.
//
// SCTP is large, and most pages open no channel: so it is a module of its own, which is loaded when
// the first channel is opened. It shares nothing with the other module: JavaScript carries its
// packets as datagrams of the transport.
#pragma once

#include <map>
#include <memory>

#include "data_channels_object.h"
#include "imported.h"

namespace floe::wasm {

class ChannelsMachine {
 public:
  /// A batch of records (record_kind.h).
  void handle_commands(Timestamp now, Bytes batch);
  void handle_timeout(Timestamp now);

  Timestamp deadline() const;
  EventWriter& events() { return events_; }

 private:
  void handle(Timestamp now, std::uint32_t handle, Command command, std::uint16_t extra,
              CommandReader fields);

  ImportedRandom random_;
  EventWriter events_;
  std::map<std::uint32_t, std::unique_ptr<DataChannelsObject>> objects_;
};

}  // namespace floe::wasm
