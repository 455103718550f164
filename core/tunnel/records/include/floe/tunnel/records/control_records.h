// Records about the session as a whole: life signs, errors, credit, alarms, farewell.
#pragma once

#include <string_view>

#include "floe/tunnel/records/error_code.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/time.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class FieldReader;

/// Asks for a PONG with the same eight bytes.
struct Ping {
  static constexpr RecordType kType = RecordType::ping;

  std::uint64_t opaque = 0;

  static Ping parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct Pong {
  static constexpr RecordType kType = RecordType::pong;

  std::uint64_t opaque = 0;  ///< of the PING
  std::uint32_t stamp = 0;   ///< the answering end's clock in microseconds, modulo 2^32

  static Pong parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// The server will close: come back after `reconnect_in`, and give up `try_for` after that.
struct GoAway {
  static constexpr RecordType kType = RecordType::go_away;

  Duration reconnect_in{};  ///< whole milliseconds
  Duration try_for{};       ///< whole milliseconds

  static GoAway parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct Error {
  static constexpr RecordType kType = RecordType::error;

  ErrorCode code = ErrorCode::bad_record;  ///< may be one of a later version
  std::uint8_t about_type = 0;             ///< the type of the record that caused it; 0 is none
  std::uint32_t about_id = 0;  ///< its id; for a peer, the socket's id in the upper 16 bits
  std::string_view text;       ///< for people; at most kMaxErrorTextSize bytes, cut on writing

  static Error parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// The client may have this many more bytes of datagram records under way.
struct Credit {
  static constexpr RecordType kType = RecordType::credit;

  std::uint32_t bytes = 0;  ///< more than none

  static Credit parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// Takes the alarm of a session back, instead of setting it.
inline constexpr Duration kNoAlarm = std::chrono::milliseconds(0xffffffff);

/// Asks for ALARM_FIRED after a time. A session has one alarm: each ALARM replaces the last.
struct Alarm {
  static constexpr RecordType kType = RecordType::alarm;

  std::uint32_t id = 0;
  Duration after{};  ///< whole milliseconds; kNoAlarm for none

  static Alarm parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct AlarmFired {
  static constexpr RecordType kType = RecordType::alarm_fired;

  std::uint32_t id = 0;

  static AlarmFired parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

}  // namespace floe::tunnel
