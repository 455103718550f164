// Validators of addresses, for options of CLI11.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

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

/// What is wrong with an origin (RFC 6454, section 6.2); empty: nothing. A browser compares texts,
/// so one that is written in another way would admit nobody.
inline std::string origin_objection(const std::string& text) {
  const std::size_t scheme_end = text.find("://");
  const std::string scheme = text.substr(0, scheme_end == text.npos ? 0 : scheme_end);
  if (scheme != "https" && scheme != "http") {
    return "\"" + text + "\" is not an origin: it begins with https:// or http://";
  }
  const std::string host = text.substr(scheme_end + 3);
  if (host.empty() || host.find_first_of("/?#@ *") != host.npos) {
    return "\"" + text + "\" is not an origin: it is scheme, host and port alone, without a path";
  }
  if (host.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != host.npos) {
    return "\"" + text + "\": browsers write the host of an origin in small letters";
  }
  if (host.ends_with(scheme == "https" ? ":443" : ":80")) {
    return "\"" + text + "\": browsers leave the port out where it is that of the scheme";
  }
  return {};
}

inline CLI::Validator origin_validator() {
  return CLI::Validator([](std::string& text) { return origin_objection(text); }, "ORIGIN");
}

}  // namespace floe::gateway
