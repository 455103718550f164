// What the gateway tells its operator of those that it refused.
#include "floe/rooms/refusal_log.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "address_policy.h"
#include "floe/rooms/access_control.h"

using namespace floe;
using namespace floe::gateway;
using namespace floe::rooms;

namespace {

struct Lines final : LogSink {
  void log(LogLevel level, std::string_view area, std::string_view text) override {
    lines.push_back(std::string(to_text(level)) + " " + std::string(area) + " " +
                    std::string(text));
  }
  std::vector<std::string> lines;
};

constexpr Timestamp kStart{Duration(1h)};
const TransportAddress kHidden{IpAddress::v4(10, 0, 0, 1), 5000};

}  // namespace

TEST_CASE("refusals are logged up to a limit, and then counted", "[gateway]") {
  Lines sink;
  RefusalLog log(sink, "gateway");
  for (std::uint32_t i = 0; i < kRefusalsLogged + 5; ++i) log.add(kStart, "refused one");
  CHECK(sink.lines == std::vector<std::string>(kRefusalsLogged, "warning gateway refused one"));

  log.add(kStart + kRefusalWindow - Duration(1), "refused another");
  CHECK(sink.lines.size() == kRefusalsLogged);
  log.add(kStart + kRefusalWindow, "refused a third");
  REQUIRE(sink.lines.size() == kRefusalsLogged + 2);
  CHECK(sink.lines[kRefusalsLogged] == "warning gateway 6 more refusals were not logged");
  CHECK(sink.lines.back() == "warning gateway refused a third");
}

TEST_CASE("a quiet minute is followed by no count", "[gateway]") {
  Lines sink;
  RefusalLog log(sink, "gateway");
  log.add(kStart, "refused one");
  log.add(kStart + 2 * kRefusalWindow, "refused another");
  CHECK(sink.lines.size() == 2);
}

TEST_CASE("a destination that is denied is logged with its option", "[gateway]") {
  Lines sink;
  RefusalLog log(sink, "gateway");
  AddressPolicy policy({}, {}, &log);
  CHECK(policy.permission(kStart, tunnel::SocketId(1), kHidden).state ==
        tunnel::PermissionState::denied);
  const TransportAddress reflector{IpAddress::v4(8, 8, 8, 8), 1900};
  CHECK(policy.permission(kStart, tunnel::SocketId(1), reflector).state ==
        tunnel::PermissionState::denied);
  const TransportAddress open{IpAddress::v4(8, 8, 8, 8), 5000};
  CHECK(policy.permission(kStart, tunnel::SocketId(1), open).state ==
        tunnel::PermissionState::open);
  CHECK(sink.lines ==
        std::vector<std::string>{
            "warning gateway refused a client datagrams to 10.0.0.1:5000: it is not on the "
            "Internet (see --allow), or it is the gateway's own",
            "warning gateway refused a client datagrams to 8.8.8.8:1900: the port belongs to a "
            "service that is not for clients (see --allow-port)"});
}

TEST_CASE("an origin that is refused is logged with its option", "[gateway]") {
  native::RequestHead request;
  request.path = "/tunnel";
  request.host = "gate.example";
  request.origin = "https://evil.example";
  request.peer = {IpAddress::v4(192, 0, 2, 7), 4000};
  CHECK(AccessControl::refusal_of(request) ==
        "refused 192.0.2.7:4000 /tunnel: it comes from the page of https://evil.example and asks "
        "for the host gate.example; --origin names the pages that may, --host the names of this "
        "server");
}
