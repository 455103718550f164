// The records that open a session: HELLO from the client, WELCOME from the server.
#pragma once

#include "floe/tunnel/records/address_lists.h"
#include "floe/tunnel/records/capability.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class FieldReader;

/// The first record of a session.
struct Hello {
  static constexpr RecordType kType = RecordType::hello;

  std::uint8_t min_version = kProtocolVersion;
  std::uint8_t max_version = kProtocolVersion;
  Capabilities capabilities;
  Bytes token;  ///< at most kMaxTokenSize; empty where the gateway asks for none

  static Hello parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// The server's answer: what this session is, and what it may do.
struct Welcome {
  static constexpr RecordType kType = RecordType::welcome;

  std::uint8_t version = kProtocolVersion;
  Capabilities capabilities;     ///< those of HELLO that the server has too
  std::uint64_t session_id = 0;  ///< for logs on both sides; authorizes nothing
  std::uint16_t max_datagram_size = 0;
  std::uint16_t max_sockets = 0;
  std::uint16_t max_peers_per_socket = 0;
  std::uint32_t uplink_window = 0;  ///< bytes, at least kMinUplinkWindow
  Duration keep_alive_interval{};   ///< whole milliseconds, more than none
  BindableAddresses addresses;      ///< what the client may bind, in order of preference

  static Welcome parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

}  // namespace floe::tunnel
