#include "floe/turn/attributes/allocation.h"

#include <algorithm>
#include <optional>

#include "floe/stun/attributes/error_code.h"
#include "floe/wire/byte_reader.h"

namespace floe::turn {
namespace {

using stun::AttributeError;
using stun::MessageView;
using stun::TransactionId;

constexpr std::uint8_t kFamilyIpv4 = 0x01;
constexpr std::uint8_t kFamilyIpv6 = 0x02;
constexpr std::uint8_t kReserveNext = 0x80;
constexpr std::size_t kWordSize = 4;

std::uint8_t number_of(Family family) {
  return family == Family::ipv4 ? kFamilyIpv4 : kFamilyIpv6;
}

std::optional<Family> family_of(std::uint8_t number) {
  if (number == kFamilyIpv4) return Family::ipv4;
  if (number == kFamilyIpv6) return Family::ipv6;
  return std::nullopt;
}

/// Most attributes are one byte in a word, and "the RFFU field ... MUST be set to zero on
/// transmission and MUST be ignored on reception".
std::optional<std::uint8_t> first_of_word(Bytes value) {
  if (value.size() != kWordSize) return std::nullopt;
  return value[0];
}

void write_word(ByteWriter& out, std::uint8_t first) {
  out.u8(first);
  out.zeros(kWordSize - 1);
}

template <class T>
Result<T, AttributeError> parse_family(Bytes value) {
  const auto number = first_of_word(value);
  const auto family = number ? family_of(*number) : std::nullopt;
  if (!family) return AttributeError::malformed;
  return T{*family};
}

}  // namespace

Result<Lifetime, AttributeError> Lifetime::parse(Bytes value, const MessageView&) {
  if (value.size() != kWordSize) return AttributeError::malformed;
  return Lifetime{ByteReader(value).u32()};
}

Result<RequestedAddressFamily, AttributeError> RequestedAddressFamily::parse(Bytes value,
                                                                             const MessageView&) {
  return parse_family<RequestedAddressFamily>(value);
}

void RequestedAddressFamily::write(ByteWriter& out, const TransactionId&) const {
  write_word(out, number_of(family));
}

Result<AdditionalAddressFamily, AttributeError> AdditionalAddressFamily::parse(Bytes value,
                                                                               const MessageView&) {
  return parse_family<AdditionalAddressFamily>(value);
}

void AdditionalAddressFamily::write(ByteWriter& out, const TransactionId&) const {
  write_word(out, number_of(family));
}

Result<EvenPort, AttributeError> EvenPort::parse(Bytes value, const MessageView&) {
  // One byte; some clients include the padding in the length.
  if (value.size() != 1 && value.size() != kWordSize) return AttributeError::malformed;
  return EvenPort{(value[0] & kReserveNext) != 0};
}

void EvenPort::write(ByteWriter& out, const TransactionId&) const {
  out.u8(reserves_next ? kReserveNext : std::uint8_t{0});
}

Result<RequestedTransport, AttributeError> RequestedTransport::parse(Bytes value,
                                                                     const MessageView&) {
  const auto protocol = first_of_word(value);
  if (!protocol) return AttributeError::malformed;
  return RequestedTransport{*protocol};
}

void RequestedTransport::write(ByteWriter& out, const TransactionId&) const {
  write_word(out, protocol);
}

Result<DontFragment, AttributeError> DontFragment::parse(Bytes value, const MessageView&) {
  if (!value.empty()) return AttributeError::malformed;
  return DontFragment{};
}

Result<ReservationToken, AttributeError> ReservationToken::parse(Bytes value, const MessageView&) {
  ReservationToken token;
  if (value.size() != token.value.size()) return AttributeError::malformed;
  std::ranges::copy(value, token.value.begin());
  return token;
}

Result<AddressErrorCode, AttributeError> AddressErrorCode::parse(Bytes value,
                                                                 const MessageView& message) {
  // Section 18.12: like ERROR-CODE, with a family in the place of zeros.
  const auto family = value.empty() ? std::nullopt : family_of(value[0]);
  const auto error = stun::ErrorCode::parse(value, message);
  if (!family || !error) return AttributeError::malformed;
  return AddressErrorCode{*family, error->code, error->reason};
}

void AddressErrorCode::write(ByteWriter& out, const TransactionId&) const {
  out.u8(number_of(family));
  out.u8(0);
  out.u8(static_cast<std::uint8_t>(code / 100));
  out.u8(static_cast<std::uint8_t>(code % 100));
  out.bytes(as_bytes(reason.substr(0, stun::kReasonSizeMax)));
}

}  // namespace floe::turn
