// The codes of ERROR records, and which of them end the session.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::tunnel {

enum class ErrorCode : std::uint16_t {
  bad_record = 1,       ///< not a record; the text names the RecordError
  wrong_direction = 2,  ///< a record that only the other end may send
  hello_expected = 3,   ///< another record before HELLO, or no HELLO in time
  hello_repeated = 4,   ///< a second HELLO
  version = 5,          ///< no version in common
  unauthorized = 6,     ///< the token is missing, wrong or expired
  credit_exceeded = 7,  ///< more datagram bytes than the window allows
  silent = 8,           ///< nothing was heard for three keep-alive intervals
  overloaded = 9,       ///< control records pile up because the other end does not read
  going_away = 10,      ///< the server stops
  forbidden = 11,       ///< the session broke a rule of the server's policy
  not_binary = 12,      ///< a text message
  unsupported = 32,     ///< needs a capability that was not agreed on
  id_in_use = 33,       ///< a socket, or a peer of this socket, has that id or that address
  no_such_id = 34,      ///< nothing is open under that id
  limit = 35,           ///< the session has reached its limit of these
};

/// A fatal code ends the session: the channel is closed with close_code() right after the ERROR.
constexpr bool is_fatal(ErrorCode code) {
  return static_cast<std::uint16_t>(code) < 32;
}

/// The WebSocket close code that goes with a fatal error.
constexpr std::uint16_t close_code(ErrorCode code) {
  return static_cast<std::uint16_t>(4000 + static_cast<std::uint16_t>(code));
}

/// "?" for a code of a later version. Such a code is allowed: its number and text still say enough.
constexpr std::string_view to_text(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_record:
      return "malformed record";
    case ErrorCode::wrong_direction:
      return "only the other end may send this record";
    case ErrorCode::hello_expected:
      return "the first record must be HELLO";
    case ErrorCode::hello_repeated:
      return "HELLO may be sent once";
    case ErrorCode::version:
      return "no protocol version in common";
    case ErrorCode::unauthorized:
      return "the token is missing, wrong or expired";
    case ErrorCode::credit_exceeded:
      return "more datagram bytes than the window allows";
    case ErrorCode::silent:
      return "nothing arrived from the other end for too long";
    case ErrorCode::overloaded:
      return "the other end does not read control records";
    case ErrorCode::going_away:
      return "the gateway stops";
    case ErrorCode::forbidden:
      return "not allowed by the gateway's policy";
    case ErrorCode::not_binary:
      return "only binary messages are understood";
    case ErrorCode::unsupported:
      return "the record needs a capability that was not agreed on";
    case ErrorCode::id_in_use:
      return "already open";
    case ErrorCode::no_such_id:
      return "not open";
    case ErrorCode::limit:
      return "limit reached";
  }
  return "?";
}

}  // namespace floe::tunnel
