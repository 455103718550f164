// How failures of STUN tests show the values they compare.
#pragma once

#include <catch2/catch_tostring.hpp>

#include "floe/stun/integrity.h"
#include "floe/stun/message_view.h"
#include "floe/stun/retransmission.h"
#include "floe/types/address.h"

namespace Catch {

template <>
struct StringMaker<floe::IpAddress> {
  static std::string convert(const floe::IpAddress& ip) { return ip.to_text(); }
};

template <>
struct StringMaker<floe::TransportAddress> {
  static std::string convert(const floe::TransportAddress& address) { return address.to_text(); }
};

template <>
struct StringMaker<floe::Timestamp> {
  static std::string convert(floe::Timestamp time) {
    if (time == floe::kNever) return "never";
    return std::to_string(time.time_since_epoch().count()) + " us";
  }
};

template <>
struct StringMaker<floe::stun::ParseError> {
  static std::string convert(floe::stun::ParseError error) {
    return std::string(floe::stun::to_text(error));
  }
};

template <>
struct StringMaker<floe::stun::AttributeError> {
  static std::string convert(floe::stun::AttributeError error) {
    return error == floe::stun::AttributeError::absent ? "absent" : "malformed";
  }
};

template <>
struct StringMaker<floe::stun::IntegrityCheck> {
  static std::string convert(floe::stun::IntegrityCheck check) {
    switch (check) {
      case floe::stun::IntegrityCheck::valid:
        return "valid";
      case floe::stun::IntegrityCheck::absent:
        return "absent";
      case floe::stun::IntegrityCheck::wrong:
        return "wrong";
    }
    return "?";
  }
};

template <>
struct StringMaker<floe::stun::Retransmission::Step> {
  static std::string convert(floe::stun::Retransmission::Step step) {
    switch (step) {
      case floe::stun::Retransmission::Step::wait:
        return "wait";
      case floe::stun::Retransmission::Step::resend:
        return "resend";
      case floe::stun::Retransmission::Step::timed_out:
        return "timed out";
    }
    return "?";
  }
};

}  // namespace Catch
