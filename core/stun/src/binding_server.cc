#include "floe/stun/binding_server.h"

#include <algorithm>
#include <utility>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"

namespace floe::stun {
namespace {

constexpr std::size_t kFingerprintSpace = kAttributeHeaderSize + 4;

/// A forged source like these would make the answer reach nobody, or everybody.
bool can_be_answered(const SocketAddress& source) {
  return source.port != 0 && !source.ip.is_any() && !source.ip.is_multicast() &&
         source.ip != IpAddress::v4(255, 255, 255, 255);
}

/// As much of `buffer` as may be used for an answer to `request`.
MutableBytes within_amplification(const Arrival& request, MutableBytes buffer) {
  const std::size_t headers = request.source.ip.is_ipv4() ? 20 + 8 : 40 + 8;
  const std::size_t most = kAmplificationMax * (request.bytes.size() + headers) - headers;
  return buffer.first(std::min(buffer.size(), most));
}

UnknownAttributes unknown_of(const MessageView& message) {
  UnknownAttributes unknown;
  for (const std::uint16_t type : message.unknown_types()) unknown.types[unknown.count++] = type;
  return unknown;
}

bool is_binding_request(const MessageView& message) {
  return message.is_request() && message.method() == Method::binding;
}

}  // namespace

BindingServer::BindingServer(BindingServerConfig config) : config_(std::move(config)) {}

std::optional<Answer> BindingServer::answer(Timestamp, const Arrival& request,
                                            MutableBytes buffer) {
  if (!can_be_answered(request.source)) {
    ++counters_.bad_source;
    return std::nullopt;
  }
  const MutableBytes space = within_amplification(request, buffer);
  const auto message = MessageView::parse(request.bytes, is_rfc8489);
  std::optional<Bytes> response;
  if (message) {
    response = respond(*message, request, space);
  } else if (message.error() == ParseError::bad_cookie && config_.serve_rfc3489) {
    response = respond_to_rfc3489(request, space);
  } else {
    ++counters_.malformed;
  }
  if (!response) return std::nullopt;
  return Answer{request.local, request.source, *response};
}

std::optional<Bytes> BindingServer::respond(const MessageView& message, const Arrival& request,
                                            MutableBytes buffer) {
  if (!is_binding_request(message)) {
    ++counters_.not_a_request;
    return std::nullopt;
  }
  // RFC 8489, section 6.3.1: "If the request contains one or more unknown comprehension-required
  // attributes, the server replies with an error response with an error code of 420 (Unknown
  // Attribute) and includes an UNKNOWN-ATTRIBUTES attribute in the response".
  const bool is_refused = !message.unknown_types().empty();
  MessageBuilder response(buffer, is_refused ? Class::error : Class::success, Method::binding,
                          message.transaction_id());
  if (is_refused) {
    response.add(ErrorCode{kUnknownAttribute, "Unknown Attribute"}).add(unknown_of(message));
  } else {
    response.add(XorMappedAddress{request.source});
  }
  const std::size_t reserved = message.has_fingerprint() ? kFingerprintSpace : 0;
  const std::size_t software = kAttributeHeaderSize + (config_.software.size() + 3) / 4 * 4;
  if (!config_.software.empty() && software + reserved <= response.space()) {
    response.add(Software{config_.software});
  }
  if (message.has_fingerprint()) response.add_fingerprint();
  return counted(response.finish(), is_refused);
}

/// RFC 5389, section 12.2: "the server ... SHOULD copy the value seen in the magic cookie field in
/// the Binding request to the magic cookie field in the Binding response message, and insert a
/// MAPPED-ADDRESS attribute instead of an XOR-MAPPED-ADDRESS attribute."
std::optional<Bytes> BindingServer::respond_to_rfc3489(const Arrival& request,
                                                       MutableBytes buffer) {
  const auto message = MessageView::parse_rfc3489(request.bytes, is_rfc8489);
  if (!message || !is_binding_request(*message)) {
    ++counters_.malformed;
    return std::nullopt;
  }
  const bool is_refused = !message->unknown_types().empty();
  MessageBuilder response(buffer, is_refused ? Class::error : Class::success, Method::binding,
                          message->transaction_id());
  if (is_refused) {
    UnknownAttributes unknown = unknown_of(*message);
    // RFC 3489, section 11.2.10: with an odd number of them "one of the attributes MUST be
    // repeated", since there is no padding.
    if (unknown.count % 2 == 1) unknown.types[unknown.count] = unknown.types[unknown.count - 1];
    unknown.count = (unknown.count + 1) / 2 * 2;
    // Reasons are of a multiple of 4 bytes for the same reason.
    response.add(ErrorCode{kUnknownAttribute, "Unknown Attribute   "}).add(unknown);
  } else {
    response.add(MappedAddress{request.source});
  }
  const auto bytes = counted(response.finish(), is_refused);
  if (bytes) std::copy_n(request.bytes.begin() + 4, 4, buffer.begin() + 4);
  return bytes;
}

std::optional<Bytes> BindingServer::counted(std::optional<Bytes> response, bool is_refused) {
  if (!response) {
    ++counters_.too_long;
  } else if (is_refused) {
    ++counters_.refused;
  } else {
    ++counters_.succeeded;
  }
  return response;
}

}  // namespace floe::stun
