// MAPPED-ADDRESS and XOR-MAPPED-ADDRESS (RFC 8489, sections 14.1 and 14.2).
//
//   |0 0 0 0 0 0 0 0|    family     |              port             |
//   |                 address (32 bits or 128 bits)                 |
#pragma once

#include "floe/stun/message_view.h"
#include "floe/types/address.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// Where the sender of a request was seen, for clients of RFC 3489 and before.
struct MappedAddress {
  static constexpr AttributeType kType = AttributeType::mapped_address;
  SocketAddress address;

  static Result<MappedAddress, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

/// The same, XORed with the cookie and the transaction id, since some NATs rewrite whatever looks
/// like an address.
struct XorMappedAddress {
  static constexpr AttributeType kType = AttributeType::xor_mapped_address;
  SocketAddress address;

  static Result<XorMappedAddress, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

/// Section 14.15: the server to ask instead.
struct AlternateServer {
  static constexpr AttributeType kType = AttributeType::alternate_server;
  SocketAddress address;

  static Result<AlternateServer, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

}  // namespace floe::stun
