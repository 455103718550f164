// How failures of ICE tests show the values they compare.
#pragma once

#include <catch2/catch_tostring.hpp>
#include <string>

#include "floe/ice/agent.h"
#include "floe/ice/candidate_grammar.h"
#include "floe/ice/connectivity_check.h"
#include "stun/string_makers.h"

namespace Catch {

template <>
struct StringMaker<floe::ice::CandidateError> {
  static std::string convert(floe::ice::CandidateError error) {
    return std::string(floe::ice::to_text(error));
  }
};

template <>
struct StringMaker<floe::ice::CandidateType> {
  static std::string convert(floe::ice::CandidateType type) {
    return std::string(floe::ice::to_text(type));
  }
};

template <>
struct StringMaker<floe::ice::AddCandidateResult> {
  static std::string convert(floe::ice::AddCandidateResult result) {
    return std::string(floe::ice::to_text(result));
  }
};

template <>
struct StringMaker<floe::ice::PairState> {
  static std::string convert(floe::ice::PairState state) {
    return std::string(floe::ice::to_text(state));
  }
};

template <>
struct StringMaker<floe::ice::State> {
  static std::string convert(floe::ice::State state) {
    return std::string(floe::ice::to_text(state));
  }
};

template <>
struct StringMaker<floe::ice::Role> {
  static std::string convert(floe::ice::Role role) { return std::string(floe::ice::to_text(role)); }
};

template <>
struct StringMaker<floe::ice::CheckRejection> {
  static std::string convert(floe::ice::CheckRejection rejection) {
    switch (rejection) {
      case floe::ice::CheckRejection::unauthenticated:
        return "unauthenticated";
      case floe::ice::CheckRejection::bad_request:
        return "bad request";
      case floe::ice::CheckRejection::unknown_attribute:
        return "unknown attribute";
    }
    return "?";
  }
};

template <>
struct StringMaker<floe::ice::ConflictVerdict> {
  static std::string convert(floe::ice::ConflictVerdict verdict) {
    switch (verdict) {
      case floe::ice::ConflictVerdict::no_conflict:
        return "no conflict";
      case floe::ice::ConflictVerdict::send_487:
        return "send 487";
      case floe::ice::ConflictVerdict::switch_role:
        return "switch role";
    }
    return "?";
  }
};

template <class Tag, class Representation>
struct StringMaker<floe::StrongId<Tag, Representation>> {
  static std::string convert(floe::StrongId<Tag, Representation> id) {
    return "#" + std::to_string(id.value());
  }
};

}  // namespace Catch
