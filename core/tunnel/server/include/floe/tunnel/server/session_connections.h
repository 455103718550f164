// The TCP connections of one server session, by the ids that its client chose.
#pragma once

#include <optional>
#include <vector>

#include "floe/tunnel/flow/uplink_window.h"
#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/tcp_records.h"
#include "floe/types/bytes.h"

namespace floe::tunnel {

/// What is read of it waits, in `held`, until the client has given credit for it and the channel
/// takes it. Nothing is read meanwhile, so at most one reading of the host's waits.
///
///   opening --on_tcp_opened()------------> open      TCP_OPENED is sent
///   opening --on_tcp_closed()------------> gone      TCP_CLOSE is sent, and not answered
///   open    --on_tcp_closed(), all sent--> closing   TCP_CLOSE is sent
///   closing --TCP_CLOSE------------------> gone      the id is free
///   opening, open --TCP_CLOSE------------> gone      and answered
struct SessionConnection {
  enum class State : std::uint8_t { opening, open, closing };

  TcpId id;
  std::uint64_t credit = 0;  ///< bytes that the client still takes
  State state = State::opening;
  UplinkWindow window{kTcpWindow};
  ByteVector held = {};
  std::optional<TcpCloseReason> ended = {};  ///< the network's end is over; told after what is held
};

class SessionConnections {
 public:
  explicit SessionConnections(std::size_t max = 0) : max_(max) {}

  bool is_full() const { return connections_.size() >= max_; }
  /// The id must be free, and the table not full.
  void open(TcpId id, std::uint32_t credit) { connections_.push_back({id, credit}); }
  /// Null when it is not open. Valid until the next open() or remove().
  SessionConnection* find(TcpId id);
  void remove(TcpId id);

  std::size_t size() const { return connections_.size(); }
  SessionConnection& at(std::size_t index) { return connections_[index]; }

 private:
  std::size_t max_;
  std::vector<SessionConnection> connections_;  // few: a search is cheaper than a table
};

}  // namespace floe::tunnel
