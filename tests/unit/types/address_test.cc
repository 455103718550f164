#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/types/address.h"

using namespace floe;

TEST_CASE("addresses survive text", "[types]") {
  const std::string text =
      GENERATE("0.0.0.0", "127.0.0.1", "192.0.2.255", "::", "::1", "2001:db8::1", "fe80::1:0:0:2",
               "2001:db8:1:2:3:4:5:6", "1::", "2001:db8:0:1:1:1:1:1", "::ffff:c000:201");
  const auto ip = IpAddress::parse(text);
  REQUIRE(ip);
  CHECK(ip->to_text() == text);
}

TEST_CASE("IPv6 text is read in all its forms and written in one", "[types]") {
  struct Row {
    const char* read;
    const char* written;
  };
  const auto row =
      GENERATE(Row{"2001:DB8::A", "2001:db8::a"}, Row{"0:0:0:0:0:0:0:0", "::"},
               Row{"2001:0db8::0001", "2001:db8::1"}, Row{"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
               Row{"1:0:0:2:3:0:0:4", "1::2:3:0:0:4"}, Row{"::192.0.2.1", "::c000:201"},
               Row{"64:ff9b::192.0.2.33", "64:ff9b::c000:221"});
  const auto ip = IpAddress::parse(row.read);
  REQUIRE(ip);
  CHECK(ip->to_text() == row.written);
}

TEST_CASE("what is no address is refused", "[types]") {
  const std::string text =
      GENERATE("", "1", "1.2.3", "1.2.3.4.5", "310.110.1.1", "1.2.3.256", "01.2.3.4", "1.2.3.4 ",
               "1..2.3", "-1.2.3.4", "+1.2.3.4", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
               "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7::8", "::1%1", "[::1]",
               "1:2:3:4:5:6:7:", "::1.2.3", "::1.2.3.4.5", "1.2.3.4::", "0x7f.0.0.1", "localhost");
  CAPTURE(text);
  CHECK_FALSE(IpAddress::parse(text));
}

TEST_CASE("transport addresses survive text", "[types]") {
  const std::string text = GENERATE("192.0.2.1:0", "192.0.2.1:65535", "[2001:db8::1]:3478");
  const auto address = TransportAddress::parse(text);
  REQUIRE(address);
  CHECK(address->to_text() == text);
}

TEST_CASE("what is no transport address is refused", "[types]") {
  const std::string text = GENERATE("", "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "::1:80",
                                    "[192.0.2.1]:80", "[::1]", "192.0.2.1:080", ":80");
  CAPTURE(text);
  CHECK_FALSE(TransportAddress::parse(text));
}

TEST_CASE("addresses know what they are for", "[types]") {
  const auto ip = [](const char* text) { return *IpAddress::parse(text); };
  CHECK(ip("127.8.8.8").is_loopback());
  CHECK(ip("::1").is_loopback());
  CHECK_FALSE(ip("::2").is_loopback());
  CHECK(ip("169.254.1.1").is_link_local());
  CHECK(ip("fe80::1").is_link_local());
  CHECK(ip("febf::1").is_link_local());
  CHECK_FALSE(ip("fec0::1").is_link_local());
  CHECK(ip("224.0.0.1").is_multicast());
  CHECK(ip("239.1.1.1").is_multicast());
  CHECK_FALSE(ip("240.0.0.1").is_multicast());
  CHECK(ip("ff02::1").is_multicast());
  CHECK(ip("::").is_any());
  CHECK(ip("0.0.0.0").is_any());
  CHECK(ip("::ffff:127.0.0.1").is_v4_mapped());
  CHECK_FALSE(ip("::127.0.0.1").is_v4_mapped());
}

TEST_CASE("an address is in a network of its first 24 or 48 bits", "[types]") {
  CHECK(network_of(*IpAddress::parse("192.0.2.77")) == IpAddress::v4(192, 0, 2, 0));
  CHECK(network_of(*IpAddress::parse("192.0.3.77")) != IpAddress::v4(192, 0, 2, 0));
  const IpAddress network = *IpAddress::parse("2001:db8:1::");
  CHECK(network_of(*IpAddress::parse("2001:db8:1:2:3:4:5:6")) == network);
  CHECK(network_of(*IpAddress::parse("2001:db8:2::1")) != network);
}

TEST_CASE("a zone tells addresses apart but is not written", "[types]") {
  const IpAddress without_zone = *IpAddress::parse("fe80::1");
  const auto with_zone = IpAddress::from_bytes(without_zone.bytes(), 3);
  REQUIRE(with_zone);
  CHECK(*with_zone != *IpAddress::parse("fe80::1"));
  CHECK(with_zone->to_text() == "fe80::1");
}

TEST_CASE("an address has 4 or 16 bytes", "[types]") {
  const ByteVector bytes(17);
  for (const std::size_t size : {0u, 3u, 5u, 15u, 17u}) {
    CHECK_FALSE(IpAddress::from_bytes(Bytes(bytes).first(size)));
  }
}
