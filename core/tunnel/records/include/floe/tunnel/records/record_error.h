// Why bytes are not a record of floe.tunnel.1. Any of these ends the session.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::tunnel {

enum class RecordError : std::uint8_t {
  empty_message,
  message_too_long,
  truncated_header,
  truncated_record,
  missing_fields,
  trailing_bytes,
  unknown_flags,
  unknown_value,
  zero,
  bad_family,
  bad_range,
  too_many_addresses,
  text_too_long,
  bad_text,
  bad_name,
  window_too_small,
  empty_data,
  datagram_too_long,
  misplaced_server_name,
};

constexpr std::string_view to_text(RecordError error) {
  switch (error) {
    case RecordError::empty_message:
      return "a message without a record";
    case RecordError::message_too_long:
      return "a message longer than the longest record";
    case RecordError::truncated_header:
      return "a message ends inside a record header";
    case RecordError::truncated_record:
      return "a record is longer than its message";
    case RecordError::missing_fields:
      return "a record is shorter than its fields";
    case RecordError::trailing_bytes:
      return "bytes follow the last field of a record";
    case RecordError::unknown_flags:
      return "a flag that this record does not have";
    case RecordError::unknown_value:
      return "a value that this field does not have";
    case RecordError::zero:
      return "a zero in a field that is never zero";
    case RecordError::bad_family:
      return "an address family other than 4 and 6";
    case RecordError::bad_range:
      return "a range that is empty or starts at zero";
    case RecordError::too_many_addresses:
      return "more addresses than a list may hold";
    case RecordError::text_too_long:
      return "a text is longer than its limit";
    case RecordError::bad_text:
      return "a text that is not UTF-8 or has control characters";
    case RecordError::bad_name:
      return "a host name that is empty or has other characters than letters, digits and - _ .";
    case RecordError::window_too_small:
      return "an uplink window of less than 128 KiB";
    case RecordError::empty_data:
      return "TCP data with 0 bytes";
    case RecordError::datagram_too_long:
      return "a datagram of more than 65507 bytes";
    case RecordError::misplaced_server_name:
      return "a server name without TLS, or TLS without a server name";
  }
  return "?";
}

}  // namespace floe::tunnel
