#include "floe/ice/credentials.h"

#include <algorithm>

#include "floe/ice/foundation.h"

namespace floe::ice {
namespace {

constexpr std::size_t kUfragSize = 8;
constexpr std::size_t kPasswordSize = 24;

// 64 ice-chars, so six bits of every random byte make an even draw.
constexpr std::string_view kIceChars =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static_assert(kIceChars.size() == 64);

std::string draw(RandomSource& random, std::size_t size) {
  std::array<std::uint8_t, std::max(kUfragSize, kPasswordSize)> bytes;
  random.fill(MutableBytes(bytes).first(size));
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = kIceChars[bytes[i] & 63u];
  return text;
}

bool is_ice_text(std::string_view text, std::size_t size_min) {
  return text.size() >= size_min && text.size() <= kCredentialSizeMax &&
         std::ranges::all_of(text, is_readable_ice_char);
}

}  // namespace

Credentials Credentials::generate(RandomSource& random) {
  std::string ufrag = draw(random, kUfragSize);
  return {std::move(ufrag), draw(random, kPasswordSize)};
}

bool Credentials::is_valid() const {
  return is_valid_ufrag(ufrag) && is_valid_password(password);
}

bool is_valid_ufrag(std::string_view text) {
  return is_ice_text(text, kUfragSizeMin) && text.find(':') == std::string_view::npos;
}

bool is_valid_password(std::string_view text) {
  return is_ice_text(text, kPasswordSizeMin);
}

}  // namespace floe::ice
