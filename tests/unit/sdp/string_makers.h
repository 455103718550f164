// How failures of SDP tests show the values they compare.
#pragma once

#include <catch2/catch_tostring.hpp>

#include "floe/sdp/description_codec.h"
#include "signal/string_makers.h"

namespace Catch {

template <>
struct StringMaker<floe::sdp::ProblemCode> {
  static std::string convert(floe::sdp::ProblemCode code) {
    return std::string(floe::sdp::to_text(code));
  }
};

template <>
struct StringMaker<floe::sdp::Problem> {
  static std::string convert(const floe::sdp::Problem& problem) {
    return floe::sdp::to_text(problem);
  }
};

template <>
struct StringMaker<floe::sdp::SessionDescription> {
  static std::string convert(const floe::sdp::SessionDescription& description) {
    return floe::sdp::write_description(description);
  }
};

}  // namespace Catch
