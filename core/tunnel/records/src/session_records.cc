#include "floe/tunnel/records/session_records.h"

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"

namespace floe::tunnel {

Hello Hello::parse(FieldReader& in) {
  Hello hello;
  hello.min_version = in.u8();
  hello.max_version = in.u8();
  in.require(hello.min_version != 0 && hello.min_version <= hello.max_version,
             RecordError::bad_version_range);
  hello.capabilities = Capabilities{in.u32()};
  const std::size_t token_size = in.u16();
  in.require(token_size <= kMaxTokenSize, RecordError::token_too_long);
  hello.token = in.take(token_size);
  return hello;
}

void Hello::write(ByteWriter& out) const {
  out.u8(min_version);
  out.u8(max_version);
  out.u32(capabilities.bits());
  out.u16(static_cast<std::uint16_t>(token.size()));
  out.bytes(token);
}

Welcome Welcome::parse(FieldReader& in) {
  Welcome welcome;
  welcome.version = in.u8();
  welcome.capabilities = Capabilities{in.u32()};
  welcome.session_id = in.u64();
  welcome.max_datagram_size = in.u16();
  welcome.max_sockets = in.u16();
  welcome.max_peers_per_socket = in.u16();
  in.require(welcome.max_datagram_size != 0 && welcome.max_sockets != 0, RecordError::zero_limit);
  welcome.uplink_window = in.u32();
  in.require(welcome.uplink_window >= kMinUplinkWindow, RecordError::window_too_small);
  welcome.keep_alive_interval = in.milliseconds();
  in.require(welcome.keep_alive_interval > Duration::zero(), RecordError::zero_interval);
  welcome.addresses = BindableAddresses::parse(in);
  return welcome;
}

void Welcome::write(ByteWriter& out) const {
  out.u8(version);
  out.u32(capabilities.bits());
  out.u64(session_id);
  out.u16(max_datagram_size);
  out.u16(max_sockets);
  out.u16(max_peers_per_socket);
  out.u32(uplink_window);
  write_milliseconds(out, keep_alive_interval);
  out.u8(addresses.size());
  out.bytes(addresses.encoded());
}

}  // namespace floe::tunnel
