#include "floe/stun/attributes/nat_behavior.h"
#include "floe/wire/byte_reader.h"

namespace floe::stun {
namespace {

constexpr std::uint32_t kChangeIp = 0x4;
constexpr std::uint32_t kChangePort = 0x2;

}  // namespace

Result<ChangeRequest, AttributeError> ChangeRequest::parse(Bytes value, const MessageView&) {
  if (value.size() != 4) return AttributeError::malformed;
  const std::uint32_t flags = ByteReader(value).u32();
  return ChangeRequest{(flags & kChangeIp) != 0, (flags & kChangePort) != 0};
}

void ChangeRequest::write(ByteWriter& out, const TransactionId&) const {
  out.u32((change_ip ? kChangeIp : 0) | (change_port ? kChangePort : 0));
}

Result<ResponsePort, AttributeError> ResponsePort::parse(Bytes value, const MessageView&) {
  // "a 16-bit unsigned integer in network byte order followed by 2 bytes of padding", which some
  // senders include in the length and some do not.
  if (value.size() != 2 && value.size() != 4) return AttributeError::malformed;
  const std::uint16_t port = ByteReader(value).u16();
  if (port == 0) return AttributeError::malformed;
  return ResponsePort{port};
}

void ResponsePort::write(ByteWriter& out, const TransactionId&) const {
  out.u16(port);
}

Result<Padding, AttributeError> Padding::parse(Bytes value, const MessageView&) {
  return Padding{value.size()};
}

}  // namespace floe::stun
