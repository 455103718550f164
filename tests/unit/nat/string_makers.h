// How failures of tests show the outcomes of NAT behaviour discovery.
#pragma once

#include <catch2/catch_tostring.hpp>

#include "floe/nat/behavior_report.h"

namespace Catch {

template <>
struct StringMaker<floe::nat::Connectivity> {
  static std::string convert(floe::nat::Connectivity value) {
    return std::string(floe::nat::to_text(value));
  }
};

template <>
struct StringMaker<floe::nat::Mapping> {
  static std::string convert(floe::nat::Mapping value) {
    return std::string(floe::nat::to_text(value));
  }
};

template <>
struct StringMaker<floe::nat::Filtering> {
  static std::string convert(floe::nat::Filtering value) {
    return std::string(floe::nat::to_text(value));
  }
};

template <>
struct StringMaker<floe::nat::Hairpinning> {
  static std::string convert(floe::nat::Hairpinning value) {
    return std::string(floe::nat::to_text(value));
  }
};

template <>
struct StringMaker<floe::nat::ServerSupport> {
  static std::string convert(floe::nat::ServerSupport value) {
    return std::string(floe::nat::to_text(value));
  }
};

template <>
struct StringMaker<floe::nat::ClassicType> {
  static std::string convert(floe::nat::ClassicType value) {
    return std::string(floe::nat::to_text(value));
  }
};

}  // namespace Catch
