#include "number_range.h"

#include <algorithm>
#include <cstdint>

namespace floe::json {
namespace {

/// The first digits of the smallest number that does not fit, and how many its integer part has.
/// They suffice to tell the largest double, which begins with 17976931348623157, from what is
/// beyond.
constexpr std::string_view kTooLarge = "17976931348623158";
constexpr std::int64_t kPlacesMax = 309;

/// Beyond every count of digits, and far from the limits of its type.
constexpr std::int64_t kHuge = 1'000'000'000'000;

std::int64_t read_exponent(std::string_view text) {
  std::int64_t value = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') value = std::min(value * 10 + (c - '0'), kHuge);
  }
  return text.find('-') == std::string_view::npos ? value : -value;
}

/// The digits of a mantissa one after the other, as if it had no decimal point.
class Digits {
 public:
  explicit Digits(std::string_view mantissa) : rest_(mantissa) {}
  /// '0' after the last.
  char next() {
    if (rest_.starts_with('.')) rest_.remove_prefix(1);
    if (rest_.empty()) return '0';
    const char digit = rest_.front();
    rest_.remove_prefix(1);
    return digit;
  }

 private:
  std::string_view rest_;
};

bool is_below_too_large(Digits digits) {
  for (const char limit : kTooLarge) {
    const char digit = digits.next();
    if (digit != limit) return digit < limit;
  }
  return false;
}

}  // namespace

bool fits_double(std::string_view number) {
  const std::size_t mark = std::min(number.find_first_of("eE"), number.size());
  const std::string_view mantissa = number.substr(0, mark);
  const std::size_t first = mantissa.find_first_not_of("-0.");
  if (first == std::string_view::npos) return true;
  // How many digits the integer part would have if the number were written without an exponent.
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  std::int64_t places = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (first > point) ++places;
  places += read_exponent(number.substr(mark));
  if (places != kPlacesMax) return places < kPlacesMax;
  return is_below_too_large(Digits(mantissa.substr(first)));
}

}  // namespace floe::json
