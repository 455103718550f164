#include "floe/stun/attributes/credential.h"
#include "floe/wire/byte_reader.h"

namespace floe::stun {
namespace {

/// One entry of a list: "Algorithm", "Algorithm Parameters Length" and the parameters, padded.
struct Entry {
  std::uint16_t algorithm;
  Bytes parameters;
};

Entry read_entry(ByteReader& reader) {
  const std::uint16_t algorithm = reader.u16();
  const std::uint16_t size = reader.u16();
  const Bytes parameters = reader.take(size);
  reader.skip((4 - size % 4u) % 4);
  return {algorithm, parameters};
}

std::optional<PasswordHash> known(const Entry& entry) {
  const auto hash = static_cast<PasswordHash>(entry.algorithm);
  const bool is_known = hash == PasswordHash::md5 || hash == PasswordHash::sha256;
  if (!is_known || !entry.parameters.empty()) return std::nullopt;
  return hash;
}

}  // namespace

Result<Userhash, AttributeError> Userhash::parse(Bytes value, const MessageView&) {
  Userhash userhash;
  if (value.size() != userhash.value.size()) return AttributeError::malformed;
  std::copy(value.begin(), value.end(), userhash.value.begin());
  return userhash;
}

Result<PasswordAlgorithm, AttributeError> PasswordAlgorithm::parse(Bytes value,
                                                                   const MessageView&) {
  ByteReader reader(value);
  const auto hash = known(read_entry(reader));
  if (!hash || !reader.ok() || reader.remaining() != 0) return AttributeError::malformed;
  return PasswordAlgorithm{*hash};
}

void PasswordAlgorithm::write(ByteWriter& out, const TransactionId&) const {
  out.u16(static_cast<std::uint16_t>(hash));
  out.u16(0);
}

Result<PasswordAlgorithms, AttributeError> PasswordAlgorithms::parse(Bytes value,
                                                                     const MessageView&) {
  if (value.empty() || value.size() > kPasswordAlgorithmsSizeMax) return AttributeError::malformed;
  ByteReader reader(value);
  while (reader.ok() && reader.remaining() > 0) (void)read_entry(reader);
  if (!reader.ok()) return AttributeError::malformed;
  return PasswordAlgorithms{value};
}

std::optional<PasswordHash> PasswordAlgorithms::first_known() const {
  ByteReader reader(list);
  while (reader.remaining() > 0) {
    if (const auto hash = known(read_entry(reader))) return hash;
  }
  return std::nullopt;
}

bool PasswordAlgorithms::contains(PasswordHash hash) const {
  ByteReader reader(list);
  while (reader.remaining() > 0) {
    if (known(read_entry(reader)) == hash) return true;
  }
  return false;
}

ByteVector encode_password_algorithms(std::span<const PasswordHash> hashes) {
  ByteVector list;
  for (const PasswordHash hash : hashes) {
    const auto number = static_cast<std::uint16_t>(hash);
    for (const int byte : {number >> 8, number & 0xff, 0, 0}) {
      list.push_back(static_cast<std::uint8_t>(byte));
    }
  }
  return list;
}

}  // namespace floe::stun
