#include "floe/ice/candidate_grammar.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

CandidateLine parsed(std::string_view line) {
  const auto result = parse_candidate_line(line);
  INFO(line);
  REQUIRE(result);
  return *result;
}

TransportAddress address(const char* text) {
  return *TransportAddress::parse(text);
}

}  // namespace

TEST_CASE("each field of a candidate line is read", "[ice]") {
  const CandidateLine line = parsed(
      "candidate:842163049 2 udp 1677729535 203.0.113.77 61734 typ srflx raddr 10.0.0.2 rport 54321"
      " generation 0 ufrag aBcD network-cost 999");
  const Candidate& candidate = line.candidate;
  CHECK(candidate.foundation.text() == "842163049");
  CHECK(candidate.component == 2);
  CHECK(obstacle_of(line) == CandidateObstacle::none);
  CHECK(candidate.priority == 1677729535);
  CHECK(candidate.address == address("203.0.113.77:61734"));
  CHECK(candidate.type == CandidateType::server_reflexive);
  REQUIRE(candidate.related);
  CHECK(*candidate.related == address("10.0.0.2:54321"));
  CHECK(line.ufrag == "aBcD");
  CHECK(line.extensions == "generation 0 ufrag aBcD network-cost 999");
  CHECK(line.host_name.empty());
}

TEST_CASE("lines that browsers and servers send are read", "[ice]") {
  struct Row {
    const char* line;
    CandidateType type;
    const char* address;
  };
  const auto row = GENERATE(
      Row{"candidate:1467250027 1 udp 2122260223 192.168.0.196 46243 typ host generation 0 ufrag "
          "4ZcD network-id 1 network-cost 10",
          CandidateType::host, "192.168.0.196:46243"},
      Row{"a=candidate:0 1 UDP 2122252543 192.0.2.7 52000 typ host", CandidateType::host,
          "192.0.2.7:52000"},
      Row{"candidate:3 1 UDP 1685987327 198.51.100.9 60001 typ srflx raddr 0.0.0.0 rport 0",
          CandidateType::server_reflexive, "198.51.100.9:60001"},
      Row{"candidate:559267639 1 udp 2122202367 2001:db8:abcd:12::7 55555 typ host generation 0",
          CandidateType::host, "[2001:db8:abcd:12::7]:55555"},
      Row{"candidate:9 1 udp 41885439 203.0.113.9 49203 typ relay raddr 192.0.2.50 rport 60065 "
          "generation 0 ufrag +/aB network-id 2 network-cost 50",
          CandidateType::relayed, "203.0.113.9:49203"},
      Row{"candidate:5 1 udp 1845501695 198.51.100.10 4444 typ prflx raddr :: rport 9",
          CandidateType::peer_reflexive, "198.51.100.10:4444"},
      Row{"candidate:240568271 1 udp 1686052607 174.139.8.82 64462 typ srflx",
          CandidateType::server_reflexive, "174.139.8.82:64462"},
      Row{"candidate:H7f000001 1 UDP 2130706431 127.0.0.1 50000 typ host", CandidateType::host,
          "127.0.0.1:50000"},
      Row{"candidate:2 1 UDP 1694498815 192.0.2.3 45664 TYP Srflx RADDR 10.0.1.1 RPORT 8998",
          CandidateType::server_reflexive, "192.0.2.3:45664"});
  const CandidateLine line = parsed(row.line);
  CHECK(obstacle_of(line) == CandidateObstacle::none);
  CHECK(line.candidate.type == row.type);
  CHECK(line.candidate.address == address(row.address));
}

TEST_CASE("candidates of TCP and other transports are told apart, not refused", "[ice]") {
  const CandidateLine active = parsed(
      "candidate:7 1 tcp 1518280447 192.168.0.196 9 typ host tcptype active generation 0 ufrag x");
  CHECK(active.candidate.address.protocol == TransportProtocol::tcp);
  CHECK_FALSE(active.has_unknown_transport);
  CHECK(obstacle_of(active) == CandidateObstacle::transport);
  CHECK(active.extensions.starts_with("tcptype active"));
  const CandidateLine upper_case = parsed("candidate:7 1 TCP 1 192.0.2.1 9 typ host");
  CHECK(upper_case.candidate.address.protocol == TransportProtocol::tcp);
  for (const char* other : {"ssltcp", "dccp-x"}) {
    const std::string text = std::string("candidate:7 1 ") + other + " 1 192.0.2.1 443 typ host";
    const CandidateLine line = parsed(text);
    CHECK(line.has_unknown_transport);
    CHECK(obstacle_of(line) == CandidateObstacle::transport);
  }
}

TEST_CASE("a name instead of an address is kept and has only a port", "[ice]") {
  const std::string name =
      GENERATE("9b36eaac-bb2e-49bb-bb78-21c41c499900.local", "example.invalid", "a", "host.1.2.3");
  const std::string text = "candidate:1 1 udp 2113937151 " + name + " 51400 typ host generation 0";
  const CandidateLine line = parsed(text);
  CHECK(line.host_name == name);
  CHECK(obstacle_of(line) == CandidateObstacle::host_name);
  CHECK(line.candidate.address.port == 51400);
  CHECK(line.candidate.address.ip.is_any());
}

TEST_CASE("a related address may be a name, which says nothing", "[ice]") {
  const CandidateLine line = parsed(
      "candidate:1 1 udp 1 192.0.2.1 5000 typ srflx raddr 9b36eaac.local rport 0 generation 0");
  CHECK_FALSE(line.candidate.related);
  CHECK(line.extensions == "generation 0");
}

TEST_CASE("numbers are read at their limits", "[ice]") {
  const CandidateLine least = parsed("candidate:1 1 udp 1 192.0.2.1 0 typ host");
  CHECK(least.candidate.priority == 1);
  CHECK(least.candidate.address.port == 0);
  const CandidateLine most = parsed("candidate:1 256 udp 2147483647 192.0.2.1 65535 typ host");
  CHECK(most.candidate.component == 256);
  CHECK(most.candidate.priority == 2147483647);
  CHECK(most.candidate.address.port == 65535);
}

TEST_CASE("as many extensions as are allowed are kept", "[ice]") {
  std::string text = "candidate:1 1 udp 1 192.0.2.1 5000 typ host";
  for (std::size_t i = 0; i < kCandidateExtensionsMax; ++i) text += " name value";
  const CandidateLine line = parsed(text);
  CHECK(line.extensions.size() == kCandidateExtensionsMax * 11 - 1);
  CHECK(parse_candidate_line(text + " one more").error() == CandidateError::too_many_extensions);
}

TEST_CASE("a line of the greatest length is read, and no longer one", "[ice]") {
  std::string text = "candidate:1 1 udp 1 192.0.2.1 5000 typ host x ";
  text.resize(kCandidateLineSizeMax, 'v');
  CHECK(parse_candidate_line(text));
  text += 'v';
  CHECK(parse_candidate_line(text).error() == CandidateError::line_too_long);
}

TEST_CASE("malformed lines are refused, each for its reason", "[ice]") {
  struct Row {
    const char* line;
    CandidateError error;
  };
  using E = CandidateError;
  const auto row = GENERATE(
      Row{"", E::missing_prefix}, Row{"candidat:1 1 udp 1 192.0.2.1 5 typ host", E::missing_prefix},
      Row{"b=candidate:1 1 udp 1 192.0.2.1 5 typ host", E::missing_prefix},
      Row{"1 1 udp 1 192.0.2.1 5 typ host", E::missing_prefix},
      Row{"Candidate:1 1 udp 1 192.0.2.1 5 typ host", E::missing_prefix},
      Row{"candidate:1", E::missing_field}, Row{"candidate:1 1", E::missing_field},
      Row{"candidate:1 1 udp", E::missing_field}, Row{"candidate:1 1 udp 1", E::missing_field},
      Row{"candidate:1 1 udp 1 192.0.2.1", E::missing_field},
      Row{"candidate:1 1 udp 1 192.0.2.1 5", E::missing_field},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ", E::missing_field},
      Row{"candidate:123456789012345678901234567890123 1 udp 1 192.0.2.1 5 typ host",
          E::bad_foundation},
      Row{"candidate:a\x7f 1 udp 1 192.0.2.1 5 typ host", E::bad_foundation},
      Row{"candidate:1 0 udp 1 192.0.2.1 5 typ host", E::bad_component},
      Row{"candidate:1 257 udp 1 192.0.2.1 5 typ host", E::bad_component},
      Row{"candidate:1 -1 udp 1 192.0.2.1 5 typ host", E::bad_component},
      Row{"candidate:1 +1 udp 1 192.0.2.1 5 typ host", E::bad_component},
      Row{"candidate:1 1x udp 1 192.0.2.1 5 typ host", E::bad_component},
      Row{"candidate:1 4294967297 udp 1 192.0.2.1 5 typ host", E::bad_component},
      Row{"candidate:1 1 u\tdp 1 192.0.2.1 5 typ host", E::bad_transport},
      Row{"candidate:1 1 \xc3\xbc\x64p 1 192.0.2.1 5 typ host", E::bad_transport},
      Row{"candidate:1 1 udp 0 192.0.2.1 5 typ host", E::bad_priority},
      Row{"candidate:1 1 udp 4294967296 192.0.2.1 5 typ host", E::bad_priority},
      Row{"candidate:1 1 udp 4294967297 192.0.2.1 5 typ host", E::bad_priority},
      Row{"candidate:1 1 udp 18446744073709551617 192.0.2.1 5 typ host", E::bad_priority},
      Row{"candidate:1 1 udp -1 192.0.2.1 5 typ host", E::bad_priority},
      Row{"candidate:1 1 udp 1.5 192.0.2.1 5 typ host", E::bad_priority},
      Row{"candidate:1 1 udp 0x10 192.0.2.1 5 typ host", E::bad_priority},
      Row{"candidate:1 1 udp 1 310.110.1.1 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 192.0.2 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 192.0.2.1.1 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 [2001:db8::1] 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 fe80::1%eth0 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 2001:db8::1::2 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 exa_mple.local 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 <script> 5 typ host", E::bad_address},
      Row{"candidate:1 1 udp 1 192.0.2.1 65536 typ host", E::bad_port},
      Row{"candidate:1 1 udp 1 192.0.2.1 -5 typ host", E::bad_port},
      Row{"candidate:1 1 udp 1 192.0.2.1 5a typ host", E::bad_port},
      Row{"candidate:1 1 udp 1 192.0.2.1 typ host 5", E::bad_port},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 type host", E::missing_type},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 host typ", E::missing_type},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ local", E::unknown_type},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ hosts", E::unknown_type},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ host\n\n", E::unknown_type},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr", E::bad_related},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr 10.0.0.1", E::bad_related},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr 10.0.0.1 rport", E::bad_related},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr 10.0.0.1 rport 70000", E::bad_related},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr 10.0.0.999 rport 7", E::bad_related},
      Row{"candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr 10.0.0.1 generation 0", E::bad_related});
  INFO(row.line);
  const auto line = parse_candidate_line(row.line);
  REQUIRE_FALSE(line);
  CHECK(line.error() == row.error);
}

TEST_CASE("a line that was cut out of SDP may have its line end", "[ice]") {
  const std::string end = GENERATE("\r", "\n", "\r\n");
  const std::string extensions = GENERATE("", " generation 0");
  const std::string text = "a=candidate:1 1 UDP 7 192.0.2.1 5 typ host" + extensions + end;
  const auto line = parse_candidate_line(text);
  REQUIRE(line);
  CHECK(line->extensions == (extensions.empty() ? "" : "generation 0"));
}

TEST_CASE("a last extension without a value is left out", "[ice]") {
  const auto line = parse_candidate_line("candidate:1 1 udp 1 192.0.2.1 5 typ host a 0 ufrag");
  REQUIRE(line);
  CHECK(line->extensions == "a 0");
  CHECK(line->ufrag.empty());
  const auto only = parse_candidate_line("candidate:1 1 udp 1 192.0.2.1 5 typ host generation");
  REQUIRE(only);
  CHECK(only->extensions.empty());
}

TEST_CASE("a priority above the greatest counts as the greatest", "[ice]") {
  const auto line = parse_candidate_line("candidate:1 1 udp 4294967295 192.0.2.1 5 typ host");
  REQUIRE(line);
  CHECK(line->candidate.priority == 2147483647);
}

TEST_CASE("candidates are written as RFC 8839 has them", "[ice]") {
  Candidate candidate;
  candidate.foundation = *Foundation::parse("1");
  candidate.priority = 2130706431;
  candidate.address = address("192.0.2.1:50000");
  CHECK(write_candidate_line(candidate) == "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host");

  candidate.type = CandidateType::server_reflexive;
  candidate.component = 2;
  candidate.related = address("10.0.0.1:7000");
  CHECK(write_candidate_line(candidate) ==
        "candidate:1 2 udp 2130706431 192.0.2.1 50000 typ srflx raddr 10.0.0.1 rport 7000");
}

TEST_CASE("raddr and rport are always there but for hosts, even when hidden", "[ice]") {
  Candidate candidate;
  candidate.foundation = *Foundation::parse("1");
  candidate.type = CandidateType::relayed;
  candidate.priority = 1;
  candidate.address = address("192.0.2.1:5");
  CHECK(write_candidate_line(candidate) ==
        "candidate:1 1 udp 1 192.0.2.1 5 typ relay raddr 0.0.0.0 rport 9");
  candidate.address = address("[2001:db8::1]:5");
  CHECK(write_candidate_line(candidate) ==
        "candidate:1 1 udp 1 2001:db8::1 5 typ relay raddr :: rport 9");
}

TEST_CASE("a zone is never signalled", "[ice]") {
  Candidate candidate;
  candidate.foundation = *Foundation::parse("1");
  candidate.priority = 1;
  candidate.address.ip = *IpAddress::from_bytes(IpAddress::parse("fe80::1")->bytes(), /*zone=*/7);
  candidate.address.port = 5;
  CHECK(write_candidate_line(candidate) == "candidate:1 1 udp 1 fe80::1 5 typ host");
}

TEST_CASE("what is written is read back", "[ice]") {
  Candidate candidate;
  candidate.type = GENERATE(CandidateType::host, CandidateType::server_reflexive,
                            CandidateType::peer_reflexive, CandidateType::relayed);
  candidate.address = address(GENERATE("192.0.2.1:1", "[2001:db8::ffff]:65535"));
  candidate.address.protocol = GENERATE(TransportProtocol::udp, TransportProtocol::tcp);
  candidate.component = GENERATE(ComponentId{1}, ComponentId{256});
  candidate.priority = GENERATE(1u, 0x7fffffffu);
  candidate.foundation = *Foundation::parse("Az09+/Az09+/Az09+/Az09+/Az09+/ab");
  if (candidate.type != CandidateType::host) {
    candidate.related = address("10.0.0.1:9");
    candidate.related->protocol = candidate.address.protocol;
  }

  const std::string text = write_candidate_line(candidate);
  const CandidateLine line = parsed(text);
  CHECK_FALSE(line.has_unknown_transport);
  CHECK(line.extensions.empty());
  CHECK(line.candidate.type == candidate.type);
  CHECK(line.candidate.address == candidate.address);
  CHECK(line.candidate.base == candidate.address);
  CHECK(line.candidate.component == candidate.component);
  CHECK(line.candidate.priority == candidate.priority);
  CHECK(line.candidate.foundation == candidate.foundation);
  CHECK(line.candidate.related == candidate.related);
}

TEST_CASE("each reason to refuse a line has a text of its own", "[ice]") {
  std::set<std::string_view> texts;
  for (int i = 0; i <= static_cast<int>(CandidateError::too_many_extensions); ++i) {
    texts.insert(to_text(static_cast<CandidateError>(i)));
  }
  CHECK(texts.size() == static_cast<std::size_t>(CandidateError::too_many_extensions) + 1);
  CHECK_FALSE(texts.contains("?"));
}
