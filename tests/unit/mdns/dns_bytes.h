// Messages of DNS put together by hand, well-formed or not.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe::mdns::test {

class DnsBytes {
 public:
  DnsBytes& u8(unsigned value) {
    bytes_.push_back(static_cast<std::uint8_t>(value));
    return *this;
  }
  DnsBytes& u16(unsigned value) { return u8(value >> 8).u8(value & 0xff); }
  DnsBytes& u32(std::uint32_t value) { return u16(value >> 16).u16(value & 0xffff); }
  DnsBytes& label(std::string_view text) {
    u8(static_cast<unsigned>(text.size()));
    for (const char c : text) u8(static_cast<unsigned char>(c));
    return *this;
  }
  /// Ends a name with a compression pointer.
  DnsBytes& pointer(unsigned target) { return u16(0xc000 | target); }

  DnsBytes& header(unsigned flags, unsigned questions, unsigned answers, unsigned id = 0) {
    return u16(id).u16(flags).u16(questions).u16(answers).u16(0).u16(0);
  }
  /// The part of an A record behind its name.
  DnsBytes& a_record(std::initializer_list<unsigned> ip, std::uint32_t ttl = 120) {
    u16(1).u16(0x8001).u32(ttl).u16(static_cast<unsigned>(ip.size()));
    for (const unsigned byte : ip) u8(byte);
    return *this;
  }

  operator Bytes() const { return bytes_; }  // NOLINT: a message is its bytes
  std::size_t size() const { return bytes_.size(); }

 private:
  ByteVector bytes_;
};

inline constexpr unsigned kResponse = 0x8400;

}  // namespace floe::mdns::test
