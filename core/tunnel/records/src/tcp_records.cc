#include "floe/tunnel/records/tcp_records.h"

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

TcpOpen TcpOpen::parse(FieldReader& in) {
  TcpOpen open;
  open.connection = in.id<TcpId>();
  const std::uint8_t kind = in.u8();
  in.require(kind >= static_cast<std::uint8_t>(TcpKind::ice) &&
                 kind <= static_cast<std::uint8_t>(TcpKind::turns),
             RecordError::unknown_kind);
  open.kind = static_cast<TcpKind>(kind);
  open.remote = in.address();
  open.window = in.u32();
  in.require(open.window != 0, RecordError::zero_credit);
  open.server_name = in.host_name();
  in.require((open.kind == TcpKind::turns) == !open.server_name.empty(),
             RecordError::misplaced_server_name);
  return open;
}

void TcpOpen::write(ByteWriter& out) const {
  out.u16(connection.value());
  out.u8(static_cast<std::uint8_t>(kind));
  write_address(out, remote);
  out.u32(window);
  write_text(out, server_name, kMaxNameSize);
}

TcpOpened TcpOpened::parse(FieldReader& in) {
  TcpOpened opened;
  opened.connection = in.id<TcpId>();
  opened.local = in.address();
  opened.window = in.u32();
  in.require(opened.window != 0, RecordError::zero_credit);
  return opened;
}

void TcpOpened::write(ByteWriter& out) const {
  out.u16(connection.value());
  write_address(out, local);
  out.u32(window);
}

TcpData TcpData::parse(FieldReader& in) {
  TcpData data;
  data.connection = in.id<TcpId>();
  data.data = in.rest();
  in.require(!data.data.empty(), RecordError::empty_data);
  return data;
}

void TcpData::write(ByteWriter& out) const {
  out.u16(connection.value());
  out.bytes(data);
}

std::size_t TcpData::encoded_size() const {
  return kRecordHeaderSize + 2 + data.size();
}

TcpCredit TcpCredit::parse(FieldReader& in) {
  TcpCredit credit;
  credit.connection = in.id<TcpId>();
  credit.bytes = in.u32();
  in.require(credit.bytes != 0, RecordError::zero_credit);
  return credit;
}

void TcpCredit::write(ByteWriter& out) const {
  out.u16(connection.value());
  out.u32(bytes);
}

TcpClose TcpClose::parse(FieldReader& in) {
  TcpClose close;
  close.connection = in.id<TcpId>();
  close.reason = in.enumerator<TcpCloseReason>(kTcpCloseReasonCount, RecordError::unknown_reason);
  return close;
}

void TcpClose::write(ByteWriter& out) const {
  out.u16(connection.value());
  out.u8(static_cast<std::uint8_t>(reason));
}

}  // namespace floe::tunnel
