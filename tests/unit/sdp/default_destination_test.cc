#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sdp/message_conversion.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

MediaSection section_with(const std::vector<std::string_view>& candidates,
                          const DataSession& session = {}) {
  signal::Description message;
  message.credentials = {"Ab3d", std::string(kPassword)};
  for (const std::string_view line : candidates) {
    message.candidates.push_back({std::string(line), "0"});
  }
  auto made = to_description(message, session);
  if (!made) FAIL(to_text(made.error()));
  REQUIRE(made->description.media.size() == 1);
  return made->description.media[0];
}

TEST_CASE("without candidates the default destination is the discard port of no address", "[sdp]") {
  CHECK(section_with({}).port == 9);
  CHECK(section_with({}).own.host == "0.0.0.0");
  const DataSession session{.mids = {"0"}, .family = Family::ipv6};
  CHECK(section_with({}, session).port == 9);
  CHECK(section_with({}, session).own.host == "::");
}

TEST_CASE("the default destination is the candidate that most likely works", "[sdp]") {
  struct Row {
    std::vector<std::string_view> candidates;
    const char* host;
    std::uint16_t port;
  };
  const auto row = GENERATE(values<Row>({
      {{kHostLine}, "192.0.2.1", 50000},
      {{kHostLine, kReflexiveLine}, "198.51.100.7", 61000},
      {{kRelayedLine, kHostLine, kReflexiveLine}, "203.0.113.9", 49203},
      {{"candidate:1 1 udp 5 192.0.2.5 5 typ host", "candidate:1 1 udp 6 2001:db8::6 6 typ host"},
       "2001:db8::6",
       6},
  }));
  const MediaSection section = section_with(row.candidates);
  CHECK(section.own.host == row.host);
  CHECK(section.port == row.port);
}

TEST_CASE("a default destination is never a name, of TCP, of RTCP or reflexive of the peer",
          "[sdp]") {
  const char* line = GENERATE("candidate:1 1 udp 9 b.local 5 typ host",
                              "candidate:1 1 tcp 9 192.0.2.9 9 typ host tcptype active",
                              "candidate:1 2 udp 9 192.0.2.9 5 typ host",
                              "candidate:1 1 udp 9 192.0.2.9 0 typ host",
                              "candidate:1 1 udp 9 192.0.2.9 5 typ prflx raddr 0.0.0.0 rport 9");
  CHECK(section_with({line}).own.host == "0.0.0.0");
  CHECK(section_with({line}).port == 9);
}

TEST_CASE("a second component has a default destination of its own", "[sdp]") {
  CHECK_FALSE(section_with({kHostLine}).rtcp);
  const MediaSection section =
      section_with({kHostLine, "candidate:1 2 udp 9 192.0.2.1 50001 typ host"});
  CHECK(section.rtcp == RtcpDestination{50001, "192.0.2.1"});
}

}  // namespace
}  // namespace floe::sdp
