#include "floe/tunnel/records/datagram_records.h"

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {
namespace {

constexpr std::size_t kIdSize = 2;
constexpr std::size_t kStampSize = 4;

std::optional<Stamp> read_stamp(FieldReader& in) {
  if (!in.flag(kFlagStamped)) return std::nullopt;
  return in.u32();
}

void write_stamp(ByteWriter& out, const std::optional<Stamp>& stamp) {
  if (stamp) out.u32(*stamp);
}

/// Of what every record with a datagram begins with.
std::size_t head_size(const std::optional<Stamp>& stamp) {
  return kRecordHeaderSize + kIdSize + (stamp ? kStampSize : 0);
}

}  // namespace

Send Send::parse(FieldReader& in) {
  Send send;
  send.socket = in.id<SocketId>();
  send.stamp = read_stamp(in);
  send.remote = in.address();
  send.payload = in.payload();
  return send;
}

void Send::write(ByteWriter& out) const {
  out.u16(socket.value());
  write_stamp(out, stamp);
  write_address(out, remote);
  out.bytes(payload);
}

std::size_t Send::encoded_size() const {
  return head_size(stamp) + tunnel::encoded_size(remote) + payload.size();
}

SendShort SendShort::parse(FieldReader& in) {
  SendShort send;
  send.socket = in.id<SocketId>();
  send.stamp = read_stamp(in);
  send.peer = in.id<PeerId>();
  send.payload = in.payload();
  return send;
}

void SendShort::write(ByteWriter& out) const {
  out.u16(socket.value());
  write_stamp(out, stamp);
  out.u16(peer.value());
  out.bytes(payload);
}

std::size_t SendShort::encoded_size() const {
  return head_size(stamp) + kIdSize + payload.size();
}

Received Received::parse(FieldReader& in) {
  Received received;
  received.socket = in.id<SocketId>();
  received.stamp = read_stamp(in);
  if (!in.flag(kFlagAtBound)) received.local = in.address();
  received.remote = in.address();
  received.payload = in.payload();
  return received;
}

void Received::write(ByteWriter& out) const {
  out.u16(socket.value());
  write_stamp(out, stamp);
  if (local) write_address(out, *local);
  write_address(out, remote);
  out.bytes(payload);
}

std::uint8_t Received::flags() const {
  const int flags = (stamp ? kFlagStamped : 0) | (local ? 0 : kFlagAtBound);
  return static_cast<std::uint8_t>(flags);
}

std::size_t Received::encoded_size() const {
  return head_size(stamp) + (local ? tunnel::encoded_size(*local) : 0) +
         tunnel::encoded_size(remote) + payload.size();
}

ReceivedShort ReceivedShort::parse(FieldReader& in) {
  ReceivedShort received;
  received.socket = in.id<SocketId>();
  received.stamp = read_stamp(in);
  received.peer = in.id<PeerId>();
  received.payload = in.payload();
  return received;
}

void ReceivedShort::write(ByteWriter& out) const {
  out.u16(socket.value());
  write_stamp(out, stamp);
  out.u16(peer.value());
  out.bytes(payload);
}

std::size_t ReceivedShort::encoded_size() const {
  return head_size(stamp) + kIdSize + payload.size();
}

Sent Sent::parse(FieldReader& in) {
  Sent sent;
  sent.socket = in.id<SocketId>();
  sent.stamp = in.u32();
  sent.at = in.u32();
  return sent;
}

void Sent::write(ByteWriter& out) const {
  out.u16(socket.value());
  out.u32(stamp);
  out.u32(at);
}

std::size_t Sent::encoded_size() const {
  return kRecordHeaderSize + kIdSize + 2 * kStampSize;
}

}  // namespace floe::tunnel
