#include "floe/stun/binding_server.h"

#include <algorithm>
#include <utility>

#include "binding_path.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/nat_behavior.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"

namespace floe::stun {
namespace {

constexpr std::size_t kFingerprintSize = kAttributeHeaderSize + 4;
/// For SHA-256, which has the longer MAC.
constexpr std::size_t kMacSizeMax = kAttributeHeaderSize + kIntegritySha256Size;

/// False for a forged source: an answer would reach no host, or many hosts.
bool can_be_answered(const TransportAddress& source) {
  return can_be_reached(source) && source.ip != IpAddress::v4(255, 255, 255, 255);
}

/// As much of `buffer` as may be used for an answer to `request`.
MutableBytes within_amplification(const Arrival& request, MutableBytes buffer) {
  const std::size_t headers = request.source.ip.is_ipv4() ? 20 + 8 : 40 + 8;
  const std::size_t most = kAmplificationMax * (request.bytes.size() + headers) - headers;
  return buffer.first(std::min(buffer.size(), most));
}

bool is_binding_request(const MessageView& message) {
  return message.is_request() && message.method() == Method::binding;
}

bool is_understood_in_discovery(std::uint16_t type) {
  return is_rfc8489(type) || is_rfc5780(type);
}

UnknownAttributes unknown_of(const MessageView& message) {
  UnknownAttributes unknown;
  for (const std::uint16_t type : message.unknown_types()) unknown.types[unknown.count++] = type;
  return unknown;
}

}  // namespace

BindingServer::BindingServer(BindingServerConfig config) : config_(std::move(config)) {}

std::optional<Answer> BindingServer::answer(Timestamp now, const Arrival& request,
                                            MutableBytes buffer) {
  if (!can_be_answered(request.source)) {
    ++counters_.bad_source;
    return std::nullopt;
  }
  // RFC 5780, section 6: a server with one address "MUST respond with a 420 (Unknown Attribute) to
  // any Request with a CHANGE-REQUEST attribute".
  const bool has_other = other_of(config_.discovery, request.local).has_value();
  const Understands understands = has_other ? is_understood_in_discovery : is_rfc8489;
  const auto message = MessageView::parse(request.bytes, understands);
  if (!message && message.error() == ParseError::bad_cookie && config_.serve_rfc3489 &&
      config_.authenticator == nullptr) {
    const auto old_message = MessageView::parse_rfc3489(request.bytes, understands);
    if (old_message && is_binding_request(*old_message)) {
      return answer_rfc3489(*old_message, request, within_amplification(request, buffer));
    }
  }
  if (!message) {
    ++counters_.malformed;
    return std::nullopt;
  }
  if (!is_binding_request(*message)) {
    ++counters_.not_a_request;
    return std::nullopt;
  }
  return answer_message(now, *message, request, buffer);
}

std::optional<Answer> BindingServer::answer_message(Timestamp now, const MessageView& message,
                                                    const Arrival& request, MutableBytes buffer) {
  Authentication authentication;
  if (config_.authenticator != nullptr) {
    authentication = config_.authenticator->authenticate(now, message, request.source);
  }
  const IntegrityKey& key = authentication.key;
  if (!key) buffer = within_amplification(request, buffer);
  const BindingPath back{request.local, request.source, {}};
  MessageBuilder refusal(buffer, Class::error, Method::binding, message.transaction_id());
  const auto refuse = [&] {
    seal(refusal, message, key);
    return counted(refusal.finish(), true, back);
  };
  if (authentication.error != 0) {
    config_.authenticator->refuse(now, authentication.error, request.source, refusal);
    return refuse();
  }
  // RFC 8489, section 6.3.1: "If the request contains one or more unknown comprehension-required
  // attributes, the server replies with an error response with an error code of 420 (Unknown
  // Attribute) and includes an UNKNOWN-ATTRIBUTES attribute in the response".
  if (!message.unknown_types().empty()) {
    refusal.add(ErrorCode{kUnknownAttribute, "Unknown Attribute"}).add(unknown_of(message));
    return refuse();
  }
  if (sends_away(request.source)) {
    refusal.add(ErrorCode{kTryAlternate, "Try Alternate"});
    refusal.add(AlternateServer{config_.alternate->server});
    if (!config_.alternate->domain.empty()) {
      refusal.add(AlternateDomain{config_.alternate->domain});
    }
    return refuse();
  }
  const auto path = path_of(message, request, other_of(config_.discovery, request.local));
  if (!path) {
    refusal.add(ErrorCode{path.error(), "Bad Request"});
    return refuse();
  }
  return counted(succeed(*path, message, request, key, buffer), false, *path);
}

std::optional<Bytes> BindingServer::succeed(const BindingPath& path, const MessageView& message,
                                            const Arrival& request, const IntegrityKey& key,
                                            MutableBytes buffer) const {
  MessageBuilder response(buffer, Class::success, Method::binding, message.transaction_id());
  response.add(XorMappedAddress{request.source});
  if (path.other) {
    // RFC 5780, section 6.1: "If the Binding Request does not contain any attributes from this
    // document, OTHER-ADDRESS and RESPONSE-ORIGIN are still included in the Binding Response. The
    // server MUST include both MAPPED-ADDRESS and XOR-MAPPED-ADDRESS in its Response."
    response.add(MappedAddress{request.source});
    response.add(ResponseOrigin{path.from}).add(OtherAddress{*path.other});
    if (const auto padding = message.get<Padding>()) {
      response.add(Padding{std::min(padding->size, kPaddingSizeMax)});
    }
  }
  seal(response, message, key);
  return response.finish();
}

/// Adds the last attributes: SOFTWARE if it fits, the MAC, and FINGERPRINT if the request had one.
void BindingServer::seal(MessageBuilder& response, const MessageView& message,
                         const IntegrityKey& key) const {
  const std::size_t software = attribute_size(config_.software.size());
  const std::size_t after =
      (key ? kMacSizeMax : 0) + (message.has_fingerprint() ? kFingerprintSize : 0);
  if (!config_.software.empty() && software + after <= response.space()) {
    response.add(Software{config_.software});
  }
  key.sign(response);
  if (message.has_fingerprint()) response.add_fingerprint();
}

/// RFC 8489, section 10: an error 300 names a server that "MUST contain an IP address of the same
/// address family as the source IP address of the request message".
bool BindingServer::sends_away(const TransportAddress& source) const {
  return config_.alternate && config_.alternate->server.ip.family() == source.ip.family();
}

/// RFC 5389, section 12.2: "the server ... SHOULD copy the value seen in the magic cookie field in
/// the Binding request to the magic cookie field in the Binding response message, and insert a
/// MAPPED-ADDRESS attribute instead of an XOR-MAPPED-ADDRESS attribute." The rest follows RFC 3489,
/// section 8.1.
std::optional<Answer> BindingServer::answer_rfc3489(const MessageView& message,
                                                    const Arrival& request, MutableBytes buffer) {
  const auto other = other_of(config_.discovery, request.local);
  const auto path = path_of(message, request, other);
  const bool is_refused = !message.unknown_types().empty() || !path;
  MessageBuilder response(buffer, is_refused ? Class::error : Class::success, Method::binding,
                          message.transaction_id());
  if (!message.unknown_types().empty()) {
    UnknownAttributes unknown = unknown_of(message);
    // RFC 3489, section 11.2.10: with an odd number of unknown attributes "one of the attributes
    // MUST be repeated", since there is no padding; by section 11.2.9 the length of a reason phrase
    // is a multiple of 4 bytes.
    if (unknown.count % 2 == 1) unknown.types[unknown.count] = unknown.types[unknown.count - 1];
    unknown.count = (unknown.count + 1) / 2 * 2;
    response.add(ErrorCode{kUnknownAttribute, "Unknown Attribute   "}).add(unknown);
  } else if (!path) {
    response.add(ErrorCode{path.error(), "Bad Request "});
  } else {
    response.add(MappedAddress{request.source});
    if (other) response.add(SourceAddress{path->from}).add(ChangedAddress{*other});
  }
  const auto bytes = response.finish();
  if (bytes) std::copy_n(request.bytes.begin() + 4, 4, buffer.begin() + 4);
  const BindingPath back{request.local, request.source, {}};
  return counted(bytes, is_refused, is_refused ? back : *path);
}

std::optional<Answer> BindingServer::counted(const std::optional<Bytes>& response, bool is_error,
                                             const BindingPath& path) {
  if (!response) {
    ++counters_.too_long;
    return std::nullopt;
  }
  ++(is_error ? counters_.refused : counters_.succeeded);
  return Answer{path.from, path.to, *response};
}

}  // namespace floe::stun
