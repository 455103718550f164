#include "floe/stun/attributes/ice.h"

#include <algorithm>

#include "floe/wire/byte_reader.h"

namespace floe::stun {
namespace {

template <class T>
Result<T, AttributeError> parse_tie_breaker(Bytes value) {
  if (value.size() != 8) return AttributeError::malformed;
  return T{ByteReader(value).u64()};
}

}  // namespace

Result<Priority, AttributeError> Priority::parse(Bytes value, const MessageView&) {
  if (value.size() != 4) return AttributeError::malformed;
  const std::uint32_t priority = ByteReader(value).u32();
  if (priority == 0) return AttributeError::malformed;
  // Deviation: (RFC 8445, section 5.1.2) a greater one counts as the greatest. Peers whose
  // candidates have such priorities are in use.
  return Priority{std::min(priority, kPriorityMax)};
}

Result<UseCandidate, AttributeError> UseCandidate::parse(Bytes value, const MessageView&) {
  if (!value.empty()) return AttributeError::malformed;
  return UseCandidate{};
}

Result<IceControlled, AttributeError> IceControlled::parse(Bytes value, const MessageView&) {
  return parse_tie_breaker<IceControlled>(value);
}

Result<IceControlling, AttributeError> IceControlling::parse(Bytes value, const MessageView&) {
  return parse_tie_breaker<IceControlling>(value);
}

Result<Nomination, AttributeError> Nomination::parse(Bytes value, const MessageView& message) {
  if (!message.has_integrity() && !message.has_integrity_sha256()) return AttributeError::absent;
  if (value.size() != 4) return AttributeError::malformed;
  return Nomination{ByteReader(value).u32()};
}

}  // namespace floe::stun
