#include "payload.h"

#include "dcep.h"

namespace floe::channels {

// RFC 8831, section 6.6: "SCTP does not support the sending of empty user messages. Therefore, if
// an empty message has to be sent, the appropriate PPID [...] is used, and the SCTP user message of
// one zero byte is sent."
OutgoingMessage to_payload(MessageKind kind, Bytes message) {
  const bool is_text = kind == MessageKind::text;
  if (message.empty()) return {is_text ? kEmptyText : kEmptyBinary, {0}, 0};
  return {is_text ? kText : kBinary, {message.begin(), message.end()}, message.size()};
}

std::optional<MessageKind> kind_of(sctp::PayloadProtocol protocol) {
  if (protocol == kText || protocol == kEmptyText) return MessageKind::text;
  if (protocol == kBinary || protocol == kEmptyBinary) return MessageKind::binary;
  return std::nullopt;
}

Bytes message_in(sctp::PayloadProtocol protocol, Bytes payload) {
  return protocol == kEmptyText || protocol == kEmptyBinary ? Bytes() : payload;
}

}  // namespace floe::channels
