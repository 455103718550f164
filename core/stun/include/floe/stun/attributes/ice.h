// The attributes that ICE adds to STUN (RFC 8445, section 7.1; draft-thatcher-ice-renomination).
#pragma once

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// Section 7.1.1: the priority that a peer-reflexive candidate discovered by this check would get.
/// RFC 8445, section 5.1.2: "a positive integer between 1 and (2**31 - 1)".
inline constexpr std::uint32_t kPriorityMax = 0x7fffffff;

struct Priority {
  static constexpr AttributeType kType = AttributeType::priority;
  std::uint32_t value = 0;  ///< 1 to kPriorityMax

  static Result<Priority, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.u32(value); }
};

/// Section 7.1.2: "the candidate pair resulting from this check will be used for transmission of
/// data".
struct UseCandidate {
  static constexpr AttributeType kType = AttributeType::use_candidate;

  static Result<UseCandidate, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter&, const TransactionId&) const {}
};

/// Section 7.1.3: the sender is controlled, and its tie-breaker.
struct IceControlled {
  static constexpr AttributeType kType = AttributeType::ice_controlled;
  std::uint64_t tie_breaker = 0;

  static Result<IceControlled, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.u64(tie_breaker); }
};

/// Section 7.1.3: the sender is controlling, and its tie-breaker.
struct IceControlling {
  static constexpr AttributeType kType = AttributeType::ice_controlling;
  std::uint64_t tie_breaker = 0;

  static Result<IceControlling, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.u64(tie_breaker); }
};

/// draft-thatcher-ice-renomination: how often the controlling agent has nominated; of two
/// nominations the one with the greater value is the later. It counts as absent in an unsigned
/// message and after the signature, since any host on the path could have added it.
struct Nomination {
  static constexpr AttributeType kType = AttributeType::nomination;
  std::uint32_t value = 0;

  static Result<Nomination, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.u32(value); }
};

}  // namespace floe::stun
