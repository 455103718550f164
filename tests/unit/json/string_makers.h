// How failures of JSON tests show the values they compare.
#pragma once

#include <catch2/catch_tostring.hpp>
#include <string>

#include "floe/json/error.h"

namespace Catch {

template <>
struct StringMaker<floe::json::ErrorCode> {
  static std::string convert(floe::json::ErrorCode code) {
    return std::string(floe::json::to_text(code));
  }
};

}  // namespace Catch
