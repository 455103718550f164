// A domain name (RFC 1035, section 3.1): labels, compared without regard to the case of ASCII.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "floe/types/bytes.h"
#include "floe/wire/byte_writer.h"

namespace floe::mdns {

class Name {
 public:
  Name() = default;  ///< the root, which has no labels

  /// "host.local", with or without a final dot. Labels are of letters, digits, '-' and '_'.
  static std::optional<Name> parse(std::string_view text);
  /// Reads the name at `offset` of `message`, which may be compressed (RFC 1035, section 4.1.4),
  /// and moves `offset` behind it. Empty: it ends too early, is too long, or points at itself.
  static std::optional<Name> read(Bytes message, std::size_t& offset);

  void write(ByteWriter& out) const { out.bytes(as_bytes(wire_)); }

  /// One label and then "local", as agents name their candidates: only such names are looked up.
  bool is_single_local() const;
  /// With '?' for what a host name cannot have.
  std::string text() const;

  bool operator==(const Name&) const = default;

 private:
  bool append(Bytes label);

  std::string wire_ = std::string(1, '\0');  // uncompressed, in small letters
};

/// Sixteen random bytes as the name of an address: a UUID of version 4 (RFC 9562) and ".local".
std::string make_local_name(std::span<const std::uint8_t, 16> random);

}  // namespace floe::mdns
