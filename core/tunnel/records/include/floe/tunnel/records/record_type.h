// The types of records of floe.tunnel.1, who may send each, and how it is treated under pressure.
//
// PROTOCOL.md has the same table. A record of a type that is missing here is skipped and counted:
// capabilities say beforehand which records the other end understands.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "floe/tunnel/records/capability.h"

namespace floe::tunnel {

enum class RecordType : std::uint8_t {
  hello = 0x01,
  welcome = 0x02,
  ping = 0x03,
  pong = 0x04,
  go_away = 0x05,
  error = 0x06,
  credit = 0x07,
  alarm = 0x08,
  alarm_fired = 0x09,

  bind = 0x10,
  bound = 0x11,
  close_socket = 0x12,
  socket_closed = 0x13,
  dropped = 0x14,

  peer_open = 0x20,
  peer_opened = 0x21,
  peer_close = 0x22,
  permission = 0x23,

  send = 0x30,
  send_short = 0x31,
  received = 0x32,
  received_short = 0x33,
  sent = 0x34,

  resolve = 0x40,
  resolved = 0x41,

  tcp_open = 0x50,
  tcp_opened = 0x51,
  tcp_data = 0x52,
  tcp_credit = 0x53,
  tcp_close = 0x54,
};

/// Who may send a record.
enum class Sender : std::uint8_t { client, server, either };

/// How a record that cannot go out at once is treated.
enum class Delivery : std::uint8_t {
  control,   ///< never dropped; when too much of it piles up, the session ends
  datagram,  ///< waits briefly, then the oldest is dropped and counted
  stream,    ///< never dropped; the credit of its connection keeps it from piling up
};

struct RecordTraits {
  Sender sender;
  Delivery delivery;
  std::optional<Capability> needs;  ///< the capability that must have been agreed on
};

/// Defines one entry of the table of traits_of().
constexpr std::optional<RecordTraits> define_traits(RecordType type) {
  using enum Sender;
  using enum Delivery;
  switch (type) {
    case RecordType::hello:
    case RecordType::bind:
    case RecordType::close_socket:
    case RecordType::peer_open:
    case RecordType::peer_close:
      return RecordTraits{client, control, {}};
    case RecordType::welcome:
    case RecordType::go_away:
    case RecordType::credit:
    case RecordType::bound:
    case RecordType::socket_closed:
    case RecordType::dropped:
    case RecordType::peer_opened:
    case RecordType::permission:
      return RecordTraits{server, control, {}};
    case RecordType::ping:
    case RecordType::pong:
    case RecordType::error:
      return RecordTraits{either, control, {}};
    case RecordType::alarm:
      return RecordTraits{client, control, Capability::alarms};
    case RecordType::alarm_fired:
      return RecordTraits{server, control, Capability::alarms};
    case RecordType::send:
    case RecordType::send_short:
      return RecordTraits{client, datagram, {}};
    case RecordType::received:
    case RecordType::received_short:
      return RecordTraits{server, datagram, {}};
    case RecordType::sent:
      return RecordTraits{server, datagram, Capability::time_stamps};
    case RecordType::resolve:
      return RecordTraits{client, control, Capability::resolve};
    case RecordType::resolved:
      return RecordTraits{server, control, Capability::resolve};
    case RecordType::tcp_open:
      return RecordTraits{client, control, Capability::tcp};
    case RecordType::tcp_opened:
      return RecordTraits{server, control, Capability::tcp};
    case RecordType::tcp_data:
      return RecordTraits{either, stream, Capability::tcp};
    case RecordType::tcp_credit:
    case RecordType::tcp_close:
      return RecordTraits{either, control, Capability::tcp};
  }
  return std::nullopt;
}

inline constexpr auto kRecordTraits = [] {
  std::array<std::optional<RecordTraits>, static_cast<std::size_t>(RecordType::tcp_close) + 1> all;
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = define_traits(static_cast<RecordType>(i));
  return all;
}();

/// Empty for a type that this version does not know.
constexpr std::optional<RecordTraits> traits_of(std::uint8_t type) {
  return type < kRecordTraits.size() ? kRecordTraits[type] : std::nullopt;
}

}  // namespace floe::tunnel
