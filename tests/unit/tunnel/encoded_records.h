// Bytes of records for tests: encoded by the codec, or by hand where they must be wrong.
#pragma once

#include <algorithm>
#include <initializer_list>

#include "floe/tunnel/records/record.h"
#include "floe/tunnel/records/write_record.h"

namespace floe::tunnel::test {

template <class... R>
ByteVector encode(const R&... records) {
  ByteVector message(kMaxMessageSize * 2);
  ByteWriter out{message};
  (write_record(out, records), ...);
  message.resize(out.size());
  return message;
}

/// A record with this header and body, valid or not.
inline ByteVector raw(std::uint8_t type, std::uint8_t flags, const ByteVector& body) {
  ByteVector message(kRecordHeaderSize + body.size());
  message[0] = type;
  message[1] = flags;
  message[2] = static_cast<std::uint8_t>(body.size() >> 8);
  message[3] = static_cast<std::uint8_t>(body.size() & 0xff);
  std::ranges::copy(body, message.begin() + kRecordHeaderSize);
  return message;
}

inline ByteVector raw(RecordType type, const ByteVector& body, std::uint8_t flags = 0) {
  return raw(static_cast<std::uint8_t>(type), flags, body);
}

/// Of a gateway that lends a socket, and can do nothing else.
inline Welcome bare_welcome() {
  Welcome welcome;
  welcome.max_datagram_size = 1200;
  welcome.max_sockets = 1;
  welcome.uplink_window = kMinUplinkWindow;
  welcome.keep_alive_interval = std::chrono::seconds(20);
  return welcome;
}

inline ByteVector joined(std::initializer_list<ByteVector> parts) {
  std::size_t size = 0;
  for (const ByteVector& part : parts) size += part.size();
  ByteVector all(size);
  auto end = all.begin();
  for (const ByteVector& part : parts) end = std::ranges::copy(part, end).out;
  return all;
}

}  // namespace floe::tunnel::test
