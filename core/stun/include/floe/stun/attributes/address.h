// The attributes that are transport addresses (RFC 8489, sections 14.1, 14.2 and 14.15; RFC 5780,
// sections 7.3 and 7.4).
//
//   |0 0 0 0 0 0 0 0|    family     |              port             |
//   |                 address (32 bits or 128 bits)                 |
#pragma once

#include "floe/stun/message_view.h"
#include "floe/types/address.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

Result<TransportAddress, AttributeError> parse_plain_address(Bytes value);
void write_plain_address(ByteWriter& out, const TransportAddress& address);

/// An address as it is.
template <AttributeType Type>
struct PlainAddress {
  static constexpr AttributeType kType = Type;
  TransportAddress address;

  static Result<PlainAddress, AttributeError> parse(Bytes value, const MessageView&) {
    const auto read = parse_plain_address(value);
    if (!read) return read.error();
    return PlainAddress{*read};
  }
  void write(ByteWriter& out, const TransactionId&) const { write_plain_address(out, address); }
};

/// The address that the server saw as the sender of a request. It serves clients of RFC 3489; sent
/// together with the XORed form, it shows whether a device on the path rewrites addresses (RFC
/// 5780, section 3.6).
using MappedAddress = PlainAddress<AttributeType::mapped_address>;
/// RFC 8489, section 14.15: the other server to ask, in an error response 300 (Try Alternate).
using AlternateServer = PlainAddress<AttributeType::alternate_server>;
/// RFC 5780, section 7.3: the address that the response was sent from.
using ResponseOrigin = PlainAddress<AttributeType::response_origin>;
/// RFC 5780, section 7.4: the address that the response would be sent from if both address and port
/// were changed.
using OtherAddress = PlainAddress<AttributeType::other_address>;
/// RFC 3489, sections 11.2.5 and 11.2.3: the earlier forms of RESPONSE-ORIGIN and OTHER-ADDRESS.
using SourceAddress = PlainAddress<AttributeType::source_address>;
using ChangedAddress = PlainAddress<AttributeType::changed_address>;

Result<TransportAddress, AttributeError> parse_xor_address(Bytes value, const TransactionId& id);
void write_xor_address(ByteWriter& out, const TransportAddress& address, const TransactionId& id);

/// An address XORed with the cookie and the transaction id, since some NATs rewrite whatever looks
/// like an address.
template <AttributeType Type>
struct XorAddress {
  static constexpr AttributeType kType = Type;
  TransportAddress address;

  static Result<XorAddress, AttributeError> parse(Bytes value, const MessageView& message) {
    const auto read = parse_xor_address(value, message.transaction_id());
    if (!read) return read.error();
    return XorAddress{*read};
  }
  void write(ByteWriter& out, const TransactionId& id) const {
    write_xor_address(out, address, id);
  }
};

/// The address that the server saw as the sender of a request.
using XorMappedAddress = XorAddress<AttributeType::xor_mapped_address>;

}  // namespace floe::stun
