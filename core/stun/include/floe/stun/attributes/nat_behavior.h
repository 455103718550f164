// What a request for NAT behaviour asks for (RFC 5780, section 7).
#pragma once

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// Section 7.2: to be answered from the server's other address, other port, or both.
struct ChangeRequest {
  static constexpr AttributeType kType = AttributeType::change_request;
  bool change_ip = false;
  bool change_port = false;

  static Result<ChangeRequest, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

/// Section 7.5: to be answered to another port of the same host.
struct ResponsePort {
  static constexpr AttributeType kType = AttributeType::response_port;
  std::uint16_t port = 0;  ///< 1 to 65535: there is nothing to send to at 0

  static Result<ResponsePort, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

/// Section 7.6: nothing but length, to make a datagram that must be sent in fragments.
struct Padding {
  static constexpr AttributeType kType = AttributeType::padding;
  std::size_t size = 0;

  static Result<Padding, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.zeros(size); }
};

}  // namespace floe::stun
