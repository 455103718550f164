#include "connectivity_check.h"

#include <array>

#include "check_riders.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/integrity.h"
#include "floe/stun/message_builder.h"

namespace floe::ice {
namespace {

// "remote:local". RFC 8839 allows 256 characters for each fragment; two such fragments would exceed
// the limit of USERNAME, but our own fragment is short.
constexpr std::size_t kUsernameBufferSize = 2 * kCredentialSizeMax + 1;

struct UsernameText {
  std::array<char, kUsernameBufferSize> text;
  std::size_t size = 0;

  UsernameText(std::string_view remote, std::string_view local) {
    append(remote);
    append(":");
    append(local);
  }
  void append(std::string_view part) {
    std::ranges::copy(part, text.data() + size);
    size += part.size();
  }
  std::string_view view() const { return {text.data(), size}; }
};

std::string_view reason_for(std::uint16_t code) {
  switch (code) {
    case stun::kBadRequest:
      return "Bad Request";
    case stun::kUnknownAttribute:
      return "Unknown Attribute";
    case stun::kRoleConflict:
      return "Role Conflict";
    default:
      return "Error";
  }
}

/// False when the attribute cannot be read.
///
/// RFC 5245, section 7.2.1.1: without the attribute "the peer agent may have implemented a previous
/// version of this specification. There may be a conflict, but it cannot be detected."
bool read_role(const stun::MessageView& request, IncomingCheck& check) {
  if (const auto controlling = request.get<stun::IceControlling>()) {
    check.role = Role::controlling;
    check.tie_breaker = controlling->tie_breaker;
    return true;
  }
  if (const auto controlled = request.get<stun::IceControlled>()) {
    check.role = Role::controlled;
    check.tie_breaker = controlled->tie_breaker;
    return true;
  }
  return !request.has(stun::AttributeType::ice_controlling) &&
         !request.has(stun::AttributeType::ice_controlled);
}

}  // namespace

std::optional<std::string_view> receiver_ufrag_of(const stun::MessageView& request) {
  const auto username = request.get<stun::Username>();
  if (!username) return std::nullopt;
  const auto colon = username->text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return username->text.substr(0, colon);
}

Result<IncomingCheck, CheckRejection> read_check(const stun::MessageView& request,
                                                 const Credentials& local,
                                                 const HmacSha1& local_key,
                                                 std::string_view remote_ufrag) {
  const auto receiver = receiver_ufrag_of(request);
  if (!receiver || *receiver != local.ufrag) return CheckRejection::unauthenticated;
  const std::string_view sender = request.get<stun::Username>()->text.substr(receiver->size() + 1);
  if (!remote_ufrag.empty() && sender != remote_ufrag) return CheckRejection::unauthenticated;
  if (stun::check_integrity(request, local_key) != stun::IntegrityCheck::valid) {
    return CheckRejection::unauthenticated;
  }
  if (!request.unknown_types().empty()) return CheckRejection::unknown_attribute;

  const auto priority = request.get<stun::Priority>();
  IncomingCheck check;
  if (!priority || !read_role(request, check)) return CheckRejection::bad_request;
  check.sender_ufrag = sender;
  check.priority = priority->value;
  // Section 7.2.2: only the controlling agent may nominate; from a controlled agent USE-CANDIDATE
  // means nothing.
  const bool may_nominate = check.role != Role::controlled;
  check.use_candidate = may_nominate && request.get<stun::UseCandidate>().has_value();
  if (const auto nomination = request.get<stun::Nomination>()) {
    check.nomination = nomination->value;
    check.use_candidate = check.use_candidate || may_nominate;
  }
  return check;
}

Bytes write_check(MutableBytes buffer, const OutgoingCheck& check, const HmacSha1& remote_key) {
  stun::MessageBuilder builder(buffer, stun::Class::request, stun::Method::binding, check.id);
  const UsernameText username(check.remote_ufrag, check.local_ufrag);
  builder.add(stun::Username{username.view()}).add(stun::Priority{check.priority});
  if (check.role == Role::controlling) {
    builder.add(stun::IceControlling{check.tie_breaker});
  } else {
    builder.add(stun::IceControlled{check.tie_breaker});
  }
  if (check.use_candidate) builder.add(stun::UseCandidate{});
  if (check.nomination != 0) builder.add(stun::Nomination{check.nomination});
  add_rider(builder, check.rider);
  return builder.add_message_integrity(remote_key).add_fingerprint().finish().value_or(Bytes());
}

Bytes write_success(MutableBytes buffer, const stun::MessageView& request,
                    const TransportAddress& source, const HmacSha1& local_key,
                    const CheckRider& rider) {
  stun::MessageBuilder builder(buffer, stun::Class::success, request.method(),
                               request.transaction_id());
  builder.add(stun::XorMappedAddress{source});
  add_rider(builder, rider);
  return builder.add_message_integrity(local_key).add_fingerprint().finish().value_or(Bytes());
}

Bytes write_error(MutableBytes buffer, const stun::MessageView& request, std::uint16_t code,
                  const HmacSha1& local_key) {
  stun::MessageBuilder builder(buffer, stun::Class::error, request.method(),
                               request.transaction_id());
  builder.add(stun::ErrorCode{code, reason_for(code)});
  if (code == stun::kUnknownAttribute) {
    stun::UnknownAttributes unknown;
    for (const std::uint16_t type : request.unknown_types()) unknown.types[unknown.count++] = type;
    builder.add(unknown);
  }
  return builder.add_message_integrity(local_key).add_fingerprint().finish().value_or(Bytes());
}

}  // namespace floe::ice
