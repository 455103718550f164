// Validators of addresses, for options of CLI11.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "floe/rooms/origins.h"
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

inline CLI::Validator one_of_validator(std::vector<std::string> words, const char* name) {
  return CLI::Validator(
      [words = std::move(words)](std::string& text) {
        std::string all;
        for (const std::string& word : words) {
          if (word == text) return std::string();
          all += (all.empty() ? "" : ", ") + word;
        }
        return "\"" + text + "\" is none of these: " + all;
      },
      name);
}

inline CLI::Validator origin_validator() {
  return CLI::Validator([](std::string& text) { return rooms::origin_objection(text); }, "ORIGIN");
}

}  // namespace floe::gateway
