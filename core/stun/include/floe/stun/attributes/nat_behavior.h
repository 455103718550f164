// The attributes of a request that tests NAT behaviour (RFC 5780, section 7).
#pragma once

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// Section 7.2: asks for an answer from the server's other address, other port, or both.
struct ChangeRequest {
  static constexpr AttributeType kType = AttributeType::change_request;
  bool change_ip = false;
  bool change_port = false;

  static Result<ChangeRequest, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

/// Section 7.5: asks for an answer to another port of the client's host.
struct ResponsePort {
  static constexpr AttributeType kType = AttributeType::response_port;
  std::uint16_t port = 0;  ///< 1 to 65535: nothing can be sent to port 0

  static Result<ResponsePort, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

/// Section 7.6: meaningless bytes, which make a datagram so long that it must be fragmented.
struct Padding {
  static constexpr AttributeType kType = AttributeType::padding;
  std::size_t size = 0;

  static Result<Padding, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.zeros(size); }
};

}  // namespace floe::stun
