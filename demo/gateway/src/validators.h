// Validators of addresses, for options of CLI11.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "floe/types/address.h"

namespace floe::gateway {

inline CLI::Validator socket_address_validator() {
  return CLI::Validator(
      [](std::string& text) {
        return TransportAddress::parse(text) ? std::string()
                                             : "\"" + text + "\" is not ADDRESS:PORT";
      },
      "ADDRESS:PORT");
}

inline CLI::Validator ip_address_validator() {
  return CLI::Validator(
      [](std::string& text) {
        return IpAddress::parse(text) ? std::string() : "\"" + text + "\" is not an IP address";
      },
      "ADDRESS");
}

}  // namespace floe::gateway
