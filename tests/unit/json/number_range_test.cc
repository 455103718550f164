#include "number_range.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <cstdlib>
#include <string>

namespace floe::json {
namespace {

/// The largest double has 309 digits before the point, of which these are the first; and the least
/// number of as many digits that does not fit.
const std::string kLargest = "17976931348623157";
const std::string kTooLarge = "17976931348623158";

std::string zeros(std::size_t count) {
  return std::string(count, '0');
}

struct Number {
  std::string text;
  bool fits;
};

TEST_CASE("a number fits up to the largest double of 17 digits", "[json]") {
  const auto& [text, fits] = GENERATE(values<Number>({
      {"0", true},
      {"-0", true},
      {"0.1", true},
      {"1e308", true},
      {"-1e308", true},
      {"1E+308", true},
      {"1.7976931348623157e308", true},
      {"1.79769313486231579999e308", true},
      {"1.7976931348623158e308", false},
      {"-1.7976931348623158e308", false},
      {"1e309", false},
      {"-1e309", false},
      {"1e999", false},
      {"0e999", true},
      {"0.000e99999999999999999999999", true},
      {"1e-400", true},
      {"1e-99999999999999999999999", true},
      {"1e99999999999999999999999", false},
      {"1e000000000000000000000308", true},
      {std::string(308, '9'), true},
      {std::string(309, '9'), false},
      {std::string(400, '1'), false},
      {"1" + zeros(400) + "e-100", true},
      {"1" + zeros(400) + "e-91", false},
      {"0." + zeros(400) + "1e700", true},
      {"0." + zeros(400) + "1e710", false},
      {"0." + zeros(400) + "1e709", true},
      {kTooLarge + zeros(292), false},
      {"-" + kTooLarge + zeros(292), false},
      {kTooLarge + zeros(292) + ".0", false},
      {kLargest + std::string(292, '9'), true},
      {kLargest + std::string(292, '9') + ".999", true},
      {kTooLarge + zeros(293) + "e-1", false},
      {kLargest + std::string(293, '9') + "e-1", true},
      {"0.00" + kTooLarge + "e311", false},
      {"0.00" + kLargest + "9e311", true},
      {kTooLarge + zeros(291), true},
      {kTooLarge + zeros(291) + "e1", false},
  }));
  CAPTURE(text);
  CHECK(fits_double(text) == fits);
}

TEST_CASE("the range of a double is judged as the C library does", "[json]") {
  for (int exponent = -345; exponent <= 345; ++exponent) {
    for (const std::string mantissa : {"1", "-1.7976931348623157", "1.7976931348623159", "2.5",
                                       "0.00017976931348623157", "17976931348623157000.01"}) {
      const std::string text = mantissa + "e" + std::to_string(exponent);
      CAPTURE(text);
      // Tests run with the decimal point of "C".
      CHECK(fits_double(text) == std::isfinite(std::strtod(text.c_str(), nullptr)));
    }
  }
}

}  // namespace
}  // namespace floe::json
