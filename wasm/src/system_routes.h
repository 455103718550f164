// Asks JavaScript from which address the system would send.
#pragma once

#include <optional>

#include "command_reader.h"
#include "event_writer.h"

namespace floe::wasm {

class SystemRoutes {
 public:
  /// Events carry `handle`. `events` must outlive the object.
  SystemRoutes(EventWriter& events, std::uint32_t handle) : events_(events), handle_(handle) {}

  /// One question at a time.
  void ask(const TransportAddress& remote) {
    is_answered_ = false;
    events_.begin(Event::system_route, handle_).u32(0).address(remote);
  }
  bool is_answered() const { return is_answered_; }
  /// Empty: no route leads there.
  const std::optional<IpAddress>& source() const { return source_; }

  void on_found(CommandReader& in) {
    is_answered_ = true;
    source_ = IpAddress::parse(in.text());
  }

 private:
  EventWriter& events_;
  std::uint32_t handle_;
  bool is_answered_ = false;
  std::optional<IpAddress> source_;
};

}  // namespace floe::wasm
