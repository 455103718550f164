#include "number_range.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <cstdlib>
#include <string>

namespace floe::json {
namespace {

/// 2^1024 - 2^970, the least number that rounds to infinity, and the integer before it.
const std::string kTie =
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797"
    "75872070963302864166928879109465555478519404026306574886715058206819089020007083836762738548"
    "45817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711"
    "559699508093042880177904174497792";
const std::string kBeforeTie = kTie.substr(0, kTie.size() - 1) + "1";

std::string zeros(std::size_t count) {
  return std::string(count, '0');
}

struct Number {
  std::string text;
  bool fits;
};

TEST_CASE("a number fits as long as it does not round to infinity", "[json]") {
  const auto& [text, fits] = GENERATE(values<Number>({
      {"0", true},
      {"-0", true},
      {"0.1", true},
      {"1e308", true},
      {"-1e308", true},
      {"1E+308", true},
      {"1.7976931348623157e308", true},
      {"1.7976931348623158e308", true},
      {"1.7976931348623159e308", false},
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
      {kTie, false},
      {"-" + kTie, false},
      {kTie + ".0", false},
      {kBeforeTie, true},
      {kBeforeTie + ".999", true},
      {kTie + "0e-1", false},
      {kBeforeTie + "9e-1", true},
      {"0.00" + kTie + "e311", false},
      {"0.00" + kBeforeTie + "e311", true},
      {kTie.substr(0, 1) + "." + kTie.substr(1) + "e308", false},
      {kTie.substr(0, 308), true},
      {kTie.substr(0, 308) + "e1", true},
  }));
  CAPTURE(text);
  CHECK(fits_double(text) == fits);
  // The C library's opinion, natively and in wasm. Tests run with the decimal point of "C".
  CHECK(std::isfinite(std::strtod(text.c_str(), nullptr)) == fits);
}

TEST_CASE("the range of a double is judged as the C library does", "[json]") {
  for (int exponent = -345; exponent <= 345; ++exponent) {
    for (const std::string mantissa : {"1", "-1.7976931348623158", "1.7976931348623159", "2.5",
                                       "0.00017976931348623158", "17976931348623158000.01"}) {
      const std::string text = mantissa + "e" + std::to_string(exponent);
      CAPTURE(text);
      CHECK(fits_double(text) == std::isfinite(std::strtod(text.c_str(), nullptr)));
    }
  }
}

}  // namespace
}  // namespace floe::json
