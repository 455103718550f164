// A program may choose a locale whose decimal point is a comma. JSON has none of it.
#include <catch2/catch_test_macros.hpp>
#include <clocale>
#include <string>

#include "floe/json/document.h"
#include "floe/json/writer.h"

/// In place of the C library's, because a machine may have no such locale installed. Only some C
/// libraries declare it as noexcept.
extern "C" lconv* localeconv() noexcept(noexcept(localeconv())) {
  static char comma[] = ",";
  static char none[] = "";
  static lconv conventions = {};
  conventions.decimal_point = comma;
  conventions.thousands_sep = none;
  conventions.grouping = none;
  return &conventions;
}

namespace floe::json {

TEST_CASE("numbers are read and kept with a point in every locale", "[json]") {
  const auto document = Document::parse("[1.5,-0.25e3]");
  REQUIRE(document);
  CHECK(Writer().value(document->root()).take() == "[1.5,-0.25e3]");
  CHECK_FALSE(Document::parse("[1,5e]"));
}

}  // namespace floe::json
