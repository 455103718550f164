// Texts about which two readers of JSON are likely to differ.
#pragma once

#include <string>
#include <vector>

namespace floe::json {

inline std::vector<std::string> verdict_seeds() {
  const std::string nines(309, '9');
  const std::string many_zeros(400, '0');
  std::vector<std::string> seeds = {
      // Numbers: the range of a double, and of integers.
      "0", "-0", "0.1", "-0.0", "1e308", "-1e308", "1E+308", "1.7976931348623157e308",
      "1.7976931348623158e308", "1.7976931348623159e308", "1e309", "-1e309", "1e999", "0e999",
      "0.0e-999", "1e-400", "5e-324", "2e-324", "1e99999999999999999999", "1e-99999999999999999999",
      "0e99999999999999999999", "[1e308,1e309]", nines, nines.substr(1), "-" + nines,
      std::string(400, '1'), "1" + many_zeros, "1" + many_zeros + "e-100", "1" + many_zeros + ".5",
      "0." + many_zeros + "1e700", "0." + many_zeros + "1e720", "18446744073709551615",
      "18446744073709551616", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
      "-9223372036854775809", "01", "-01", "1.", ".5", "1e", "1e+", "-", "+1", "0x10", "1_000",
      "1,5", "NaN", "Infinity", "-Infinity",
      // Nesting.
      "[[[[[[[[]]]]]]]]", "[[[[[[[[[]]]]]]]]]", R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}})",
      R"({"a":[{"a":[{"a":[{"a":[[]]}]}]}]})", std::string(5000, '['), std::string(5000, '{'), "[}",
      "{]", "[", "]", "[1", R"({"a")", R"({"a":)", R"({"a":1)",
      // UTF-8 and escapes.
      "\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\"",
      "\"\xf0\x9f\x90\xa7\"", "\"\x7f\"", "\"\x1f\"", "\"a\nb\"", "\xef\xbb\xbf{}", R"("\ud800")",
      R"("\udc00")", R"("\ud83d\ude00")", R"("\ude00\ud83d")", R"("\ud83d\u0041")", R"("\u0000")",
      R"("\u12")", R"("\u00e9\/\b")", R"("\x41")", R"("\")", R"("a)", "'a'",
      // Names.
      R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", R"({"":1,"":2})", R"({"a":1,"A":2})", "{a:1}",
      R"({1:2})", R"({"a" 1})", R"({"a":1,})", R"({,})",
      // The end.
      "", " ", "{}", "{} ", "{}x", "{} {}", "1 2", "[1,]", "[,1]", "nul", "nullx", "true", "TRUE",
      "[1] // comment", "/**/1", " \t\r\n[ ]\n", "\v1", "[1\f]"};
  seeds.emplace_back("{}\0", 3);
  seeds.emplace_back("\"a\0b\"", 5);
  seeds.emplace_back("\0{}", 3);
  return seeds;
}

}  // namespace floe::json
