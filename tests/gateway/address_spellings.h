// The ways to write one IPv4 address, and the ranges that are closed.
#pragma once

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "floe/types/address.h"

namespace floe::gateway::test {

inline IpAddress ip(const std::string& text) {
  return IpAddress::parse(text).value();
}

/// The operator's NAT64 prefixes that spellings() uses, in a range that is open.
inline std::vector<std::string> nat64_prefixes() {
  return {"2a00:32::/32", "2a00:40:4000::/40", "2a00:48::/48",
          "2a00:56::/56", "2a00:64::/64",      "2a00:96::/96"};
}

/// Addresses that are `v4`, or whose packets end up there.
inline std::vector<std::string> spellings(const std::string& v4) {
  const IpAddress address = ip(v4);
  const Bytes b = address.bytes();
  std::array<char, 48> text{};
  const auto with = [&](const char* format, unsigned w, unsigned x, unsigned y, unsigned z) {
    (void)std::snprintf(text.data(), text.size(), format, w, x, y, z);
    return std::string(text.data());
  };
  const auto words = [&](const char* format) {
    return with(format, b[0] * 256u + b[1], b[2] * 256u + b[3], 0, 0);
  };
  const auto octets = [&](const char* format) { return with(format, b[0], b[1], b[2], b[3]); };
  return {
      v4,
      words("::ffff:%x:%x"),
      "0:0:0:0:0:ffff:" + v4,
      "::" + v4,
      "::ffff:0:" + v4,
      "64:ff9b::" + v4,
      "64:ff9b:1::" + v4,
      words("2002:%x:%x::1"),
      words("2001:0:%x:%x::"),
      with("2001:0:808:808:0:0:%x:%x", 0xffffu ^ (b[0] * 256u + b[1]),
           0xffffu ^ (b[2] * 256u + b[3]), 0, 0),
      "2606:4700::5efe:" + v4,
      "2606:4700::200:5efe:" + v4,
      "2a00:96::" + v4,
      octets("2a00:64:0:0:%02x:%02x%02x:%02x00:0"),
      octets("2a00:56:0:%02x:%02x:%02x%02x::"),
      octets("2a00:48:0:%02x%02x:%02x:%02x00::"),
      octets("2a00:40:40%02x:%02x%02x:%02x::"),
      octets("2a00:32:%02x%02x:%02x%02x::"),
  };
}

inline std::vector<std::string> closed_ipv4() {
  return {"0.0.0.0",       "0.1.2.3",         "10.0.0.1",     "10.255.255.255",
          "100.64.0.1",    "100.100.100.200", "127.0.0.1",    "127.255.255.254",
          "168.63.129.16", "169.254.169.254", "172.16.0.1",   "172.31.255.255",
          "192.0.0.192",   "192.0.2.1",       "192.88.99.1",  "192.168.0.1",
          "198.18.0.1",    "198.19.255.255",  "198.51.100.1", "203.0.113.1",
          "224.0.0.1",     "239.255.255.255", "240.0.0.1",    "255.255.255.255"};
}

inline std::vector<std::string> closed_ipv6() {
  return {"::", "::1", "::2", "100::1", "400::1", "2001::1", "2001:1ff:ffff::1", "2001:db8::1",
          "2002::1", "3fff::1", "3fff:fff:ffff::1", "4000::1", "5f00::1", "64:ff9b:1::1", "fc00::1",
          "fd00:ec2::254", "fd20:ce::254", "fe80::1", "febf::1", "fec0::1", "feff::1", "ff02::1",
          "ff0e::1",
          // What these carry is open, what they are is not.
          "fd00::5efe:808:808", "fc00::200:5efe:808:808", "2001:db8::5efe:808:808",
          "ff02::5efe:808:808", "2002:808:808::1", "::8.8.8.8"};
}

}  // namespace floe::gateway::test
