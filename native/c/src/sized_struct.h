// Structures whose first member is the size that the caller was compiled with.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <type_traits>

namespace floe::c {

/// The largest size: a larger one means that the member was not set.
inline constexpr std::size_t kStructSizeMax = 4096;

/// The structure as this library knows it. A structure from an older header is filled up with
/// zeros. One from a newer header is accepted when all its further bytes are zero, since the caller
/// then uses none of the new members. Empty when it is shorter than `required`, or sets a member
/// that does not exist here.
template <class Struct>
std::optional<Struct> read_sized(const Struct* from, std::size_t required) {
  static_assert(std::is_trivially_copyable_v<Struct>);
  const std::size_t size = from->size;
  if (size < required || size > kStructSizeMax) return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(from);
  const bool asks_for_more =
      size > sizeof(Struct) && std::any_of(bytes + sizeof(Struct), bytes + size,
                                           [](unsigned char byte) { return byte != 0; });
  if (asks_for_more) return std::nullopt;
  Struct known{};
  std::memcpy(&known, from, std::min(size, sizeof(Struct)));
  return known;
}

/// Fills the caller's structure up to the size that it says. False: it has no room for that size.
template <class Struct>
bool write_sized(Struct known, Struct* to) {
  static_assert(std::is_trivially_copyable_v<Struct>);
  known.size = to->size;
  if (known.size < sizeof known.size) return false;
  std::memcpy(to, &known, std::min(known.size, sizeof known));
  return true;
}

}  // namespace floe::c
