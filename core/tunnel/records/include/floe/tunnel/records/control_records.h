// Records about the session as a whole: keep-alives, errors, credit, alarms, going away.
#pragma once

#include <string_view>

#include "floe/tunnel/records/error_code.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/time.h"

namespace floe::tunnel {

/// Asks for a PONG with the same eight bytes.
struct Ping {
  static constexpr RecordType kType = RecordType::ping;

  std::uint64_t opaque = 0;

  static void fields(auto& io, auto& record) { io.u64(record.opaque); }
};

struct Pong {
  static constexpr RecordType kType = RecordType::pong;

  std::uint64_t opaque = 0;  ///< copied from the PING
  std::uint32_t stamp = 0;   ///< the answering end's clock in microseconds, modulo 2^32

  static void fields(auto& io, auto& record) {
    io.u64(record.opaque);
    io.u32(record.stamp);
  }
};

/// The server will close: the client should connect again after `reconnect_in`, and give up when it
/// has tried for `try_for`.
struct GoAway {
  static constexpr RecordType kType = RecordType::go_away;

  Duration reconnect_in{};  ///< whole milliseconds
  Duration try_for{};       ///< whole milliseconds

  static void fields(auto& io, auto& record) {
    io.milliseconds(record.reconnect_in);
    io.milliseconds(record.try_for);
  }
};

struct Error {
  static constexpr RecordType kType = RecordType::error;

  ErrorCode code = ErrorCode::bad_record;  ///< may be a code of a later version
  std::uint8_t about_type = 0;             ///< the type of the record that caused it; 0 is none
  std::uint32_t about_id = 0;  ///< its id; for a peer, the socket's id in the upper 16 bits
  std::string_view text;       ///< to be read or logged; cut to kMaxErrorTextSize bytes on writing

  static void fields(auto& io, auto& record) {
    io.open_enumerator(record.code);
    io.u8(record.about_type);
    io.u32(record.about_id);
    io.text(record.text, kMaxErrorTextSize);
  }
};

/// The client may have this many more bytes of datagram records under way.
struct Credit {
  static constexpr RecordType kType = RecordType::credit;

  std::uint32_t bytes = 0;  ///< at least 1

  static void fields(auto& io, auto& record) {
    io.u32(record.bytes);
    io.require(record.bytes != 0, RecordError::zero);
  }
};

/// Cancels the alarm of a session, instead of setting it.
inline constexpr Duration kNoAlarm = std::chrono::milliseconds(0xffffffff);

/// Asks for ALARM_FIRED after a time. A session has one alarm: each ALARM replaces the last.
struct Alarm {
  static constexpr RecordType kType = RecordType::alarm;

  std::uint32_t id = 0;
  Duration after{};  ///< whole milliseconds; kNoAlarm for none

  static void fields(auto& io, auto& record) {
    io.u32(record.id);
    io.milliseconds(record.after);
  }
};

struct AlarmFired {
  static constexpr RecordType kType = RecordType::alarm_fired;

  std::uint32_t id = 0;

  static void fields(auto& io, auto& record) { io.u32(record.id); }
};

}  // namespace floe::tunnel
