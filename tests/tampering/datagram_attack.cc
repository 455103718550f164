#include "datagram_attack.h"

#include <algorithm>
#include <array>
#include <utility>

namespace floe::tampering {
namespace {

using Kind = DatagramAttackKind;

constexpr std::array<std::pair<std::string_view, Kind>, 8> kNames{{
    {"change-data", Kind::change_data},
    {"plaintext-data", Kind::plaintext_data},
    {"renumber-data", Kind::renumber_data},
    {"cut-data", Kind::cut_data},
    {"replay-data", Kind::replay_data},
    {"forge-data", Kind::forge_data},
    {"change-certificate", Kind::change_certificate},
    {"change-hello", Kind::change_hello},
}};

// RFC 6347, section 4.1: type, version, epoch, 48 bits of a sequence number, length.
constexpr std::size_t kEpochAt = 3;
constexpr std::size_t kSequenceEnd = 11;
constexpr std::size_t kLengthAt = 11;
constexpr std::size_t kHeaderSize = 13;
constexpr std::uint8_t kHandshake = 22;
constexpr std::uint8_t kApplicationData = 23;
// RFC 5246, section 7.4.
constexpr std::uint8_t kClientHello = 1;
constexpr std::uint8_t kServerHello = 2;
constexpr std::uint8_t kCertificate = 11;

std::size_t u16(Bytes bytes, std::size_t at) {
  return static_cast<std::size_t>(bytes[at] << 8 | bytes[at + 1]);
}

bool is_data(Bytes datagram) {
  return datagram.size() > kHeaderSize && datagram[0] == kApplicationData;
}

/// A message of a handshake that is still in plaintext.
bool is_handshake(Bytes record, std::uint8_t message) {
  return record[0] == kHandshake && u16(record, kEpochAt) == 0 && record[kHeaderSize] == message;
}

bool is_hello(Bytes record) {
  return is_handshake(record, kClientHello) || is_handshake(record, kServerHello);
}

bool is_certificate(Bytes record) {
  return is_handshake(record, kCertificate);
}

/// The first record for which `is_it`; empty: none. STUN and its channels are no records.
MutableBytes find_record(MutableBytes datagram, bool (*is_it)(Bytes)) {
  while (datagram.size() > kHeaderSize && datagram[0] >= 20 && datagram[0] <= 63) {
    const std::size_t size = kHeaderSize + u16(datagram, kLengthAt);
    if (size == kHeaderSize || size > datagram.size()) break;
    if (is_it(datagram.first(size))) return datagram.first(size);
    datagram = datagram.subspan(size);
  }
  return {};
}

/// As if the peer had sent it after `datagram`: it has the next number, and nobody's tag.
ByteVector forged_after(ByteVector datagram) {
  ++datagram[kSequenceEnd - 1];
  std::fill(datagram.begin() + kHeaderSize, datagram.end(), 0);
  return datagram;
}

bool is_on_handshake(Kind kind) {
  return kind == Kind::change_certificate || kind == Kind::change_hello;
}

bool change_handshake(Kind kind, ByteVector& datagram) {
  const auto record = find_record(datagram, kind == Kind::change_hello ? is_hello : is_certificate);
  if (!record.empty()) record.back() ^= 1;
  return !record.empty();
}

}  // namespace

std::optional<Kind> parse_datagram_attack(std::string_view name) {
  const auto place = std::ranges::find(kNames, name, &std::pair<std::string_view, Kind>::first);
  return place == kNames.end() ? std::nullopt : std::optional(place->second);
}

bool DatagramAttack::concerns(Bytes datagram) {
  if (!kind_ || is_on_handshake(*kind_) || !is_data(datagram)) return false;
  if (!first_) first_ = ByteVector(datagram.begin(), datagram.end());
  is_spared_ = !is_spared_;
  return !is_spared_;
}

std::vector<ByteVector> DatagramAttack::pass(Bytes datagram) {
  ByteVector own(datagram.begin(), datagram.end());
  if (kind_ && is_on_handshake(*kind_)) change_handshake(*kind_, own);
  if (!concerns(datagram)) return {own};
  switch (*kind_) {
    case Kind::change_data:
      own.back() ^= 1;
      return {own};
    case Kind::plaintext_data:
      std::ranges::fill(own, 'A');
      return {own};
    case Kind::renumber_data:
      own[kSequenceEnd - 1] ^= 0x55;
      return {own};
    case Kind::cut_data:
      own.resize(own.size() - 3);
      return {own};
    case Kind::replay_data:
      return {own, own, own, *first_};
    case Kind::forge_data:
      return {own, forged_after(own)};
    case Kind::change_certificate:
    case Kind::change_hello:
      break;
  }
  return {own};
}

}  // namespace floe::tampering
