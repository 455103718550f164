// The records that open a session: HELLO from the client, WELCOME from the server.
#pragma once

#include "floe/tunnel/records/address_lists.h"
#include "floe/tunnel/records/capability.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::tunnel {

/// The first record of a session.
struct Hello {
  static constexpr RecordType kType = RecordType::hello;

  std::uint8_t min_version = kProtocolVersion;
  std::uint8_t max_version = kProtocolVersion;
  Capabilities capabilities;
  Bytes token;  ///< at most kMaxTokenSize; empty where the gateway asks for none

  static void fields(auto& io, auto& record) {
    io.u8(record.min_version);
    io.u8(record.max_version);
    io.require(record.min_version != 0 && record.min_version <= record.max_version,
               RecordError::bad_range);
    io.capabilities(record.capabilities);
    io.token(record.token);
  }
};

/// The server's answer: the session's terms.
struct Welcome {
  static constexpr RecordType kType = RecordType::welcome;

  std::uint8_t version = kProtocolVersion;
  Capabilities capabilities;     ///< the capabilities of HELLO that the server has too
  std::uint64_t session_id = 0;  ///< for logs on both sides; authorizes nothing
  std::uint16_t max_datagram_size = 0;
  std::uint16_t max_sockets = 0;
  std::uint16_t max_peers_per_socket = 0;
  std::uint32_t uplink_window = 0;  ///< bytes, at least kMinUplinkWindow
  Duration keep_alive_interval{};   ///< whole milliseconds, at least 1
  BindableAddresses addresses;      ///< addresses that the client may bind, in order of preference

  static void fields(auto& io, auto& record) {
    io.u8(record.version);
    io.capabilities(record.capabilities);
    io.u64(record.session_id);
    io.u16(record.max_datagram_size);
    io.u16(record.max_sockets);
    io.u16(record.max_peers_per_socket);
    io.require(record.max_datagram_size != 0 && record.max_sockets != 0, RecordError::zero);
    io.u32(record.uplink_window);
    io.require(record.uplink_window >= kMinUplinkWindow, RecordError::window_too_small);
    io.milliseconds(record.keep_alive_interval);
    io.require(record.keep_alive_interval > Duration::zero(), RecordError::zero);
    io.list(record.addresses);
  }
};

}  // namespace floe::tunnel
