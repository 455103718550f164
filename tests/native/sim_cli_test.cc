// `floe sim`, run as people run it. It opens no socket and does not wait.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "child_process.h"
#include "floe/json/document.h"
#include "floe/sim/network_kind.h"

namespace floe::native {
namespace {

using test::ChildProcess;
using test::ChildResult;
using namespace std::chrono_literals;

ChildResult simulate(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {FLOE_COMMAND, "sim"});
  Loop loop;
  return ChildProcess(std::move(arguments)).finish(loop, 20s);
}

ChildResult simulate(const std::string& left, const std::string& right,
                     std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"--left", left, "--right", right});
  return simulate(std::move(more));
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

/// Of the widest line, in characters.
std::size_t width_of(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string& line : lines_of(text)) {
    const auto begins = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; };
    widest = std::max(widest, static_cast<std::size_t>(std::ranges::count_if(line, begins)));
  }
  return widest;
}

}  // namespace

TEST_CASE("floe sim draws how two ends connect", "[native][cli][sim]") {
  const ChildResult result = simulate("port-restricted", "symmetric-sequential", {"--turn"});
  CAPTURE(result.output, result.errors);
  CHECK(result.exit_status == 0);
  CHECK(result.errors.empty());
  CHECK(has(result.output, "│ looks for candidates"));
  CHECK(has(result.output, "finds srflx 198.18.1.1:"));
  CHECK(has(result.output, "├─ nominates "));
  CHECK(has(result.output, "├─ sends \"ping 1\" ─"));
  CHECK(has(result.output, "answers \"ping 1\" ─┤"));
  CHECK(has(result.output, "Connected    after "));
  CHECK(has(result.output, "Round trip   80 ms"));
}

TEST_CASE("floe sim says which box lost the checks, and what would help", "[native][cli][sim]") {
  const ChildResult result = simulate("symmetric", "port-restricted");
  CAPTURE(result.output);
  CHECK(result.exit_status == 1);
  CHECK(has(result.output, "╳ filtered by the right NAT │"));
  CHECK(has(result.output, "│ filtered by the left NAT ╳"));
  CHECK(has(result.output, "│ has failed"));
  CHECK(has(result.output, "Connected    no"));
  CHECK(has(result.output, "None of 2 pairs got an answer."));
  CHECK(has(result.output, "Here --turn adds one."));
  CHECK(simulate("symmetric", "port-restricted", {"--turn"}).exit_status == 0);
  const ChildResult lost = simulate("open", "open", {"--loss", "100"});
  CHECK(lost.exit_status == 1);
  CHECK(has(lost.output, "╳ lost before the right host"));
}

TEST_CASE("floe sim is told when relays carry the checks, over UDP or TCP", "[native][cli][sim]") {
  const ChildResult udp = simulate("symmetric", "symmetric", {"--turn"});
  CHECK(udp.exit_status == 0);
  CHECK(has(udp.output, "by relay, answered in 80 ms"));
  // No datagram of these can be seen: both relays are in one server, and both ways to it are TCP.
  const ChildResult tcp = simulate("UDP blocked", "udp-blocked", {"--turn"});
  CAPTURE(tcp.output);
  CHECK(tcp.exit_status == 0);
  CHECK(has(tcp.output, "├─ checks relay 192.0.2.201:"));
  CHECK(has(tcp.output, "by relay, answered in 80 ms ─"));
  CHECK(has(tcp.output, "╳ UDP blocked by the left firewall"));
}

TEST_CASE("a picture of floe sim fits into 100 columns", "[native][cli][sim]") {
  for (const sim::NetworkKind& kind : sim::network_kinds()) {
    const ChildResult result =
        simulate(sim::word_of(kind), "double-symmetric", {"--turn", "--loss", "10"});
    CAPTURE(kind.name, result.output);
    CHECK(width_of(result.output) == 100);
  }
  CHECK(width_of(simulate("udp-blocked", "open").output) == 100);
  const ChildResult help = simulate({"--help"});
  CHECK(width_of(help.output) <= 100);
  CHECK(lines_of(help.output).size() <= 36);
}

TEST_CASE("floe sim repeats a run by its seed", "[native][cli][sim]") {
  const std::vector<std::string> lossy{"--loss", "30", "--seed", "7"};
  const ChildResult first = simulate("mobile", "double", lossy);
  CHECK(first.output == simulate("mobile", "double", lossy).output);
  CHECK(first.output != simulate("mobile", "double", {"--loss", "30", "--seed", "8"}).output);
}

TEST_CASE("floe sim goes on for as long as it is told", "[native][cli][sim]") {
  // Nobody can know after 3 s that there is no way.
  const ChildResult early = simulate("symmetric", "symmetric", {"--for", "3"});
  CHECK(early.exit_status == 1);
  CHECK(has(early.output, "Go on for longer with --for."));
  CHECK(simulate("open", "mobile", {"--for", "600", "--rtt", "0"}).exit_status == 0);
}

TEST_CASE("floe sim prints one JSON object for programs", "[native][cli][sim]") {
  const ChildResult result = simulate("full cone", "symmetric", {"--json", "--rtt", "60"});
  CHECK(result.exit_status == 0);
  const auto document = json::Document::parse(result.output);
  REQUIRE(document);
  const json::Value root = document->root();
  CHECK(root.member("left")->string() == "full-cone");
  CHECK(root.member("connected")->boolean() == true);
  CHECK(has(result.output, R"("roundTripMs":60.000)"));
  CHECK(root.member("pair")->member("left")->member("type")->string() == "srflx");
  CHECK(has(result.output, R"("event":"nomination")"));
  CHECK(has(result.output, R"("lost":"no such port at the left host")"));

  const ChildResult failed = simulate("symmetric", "symmetric", {"--json"});
  CHECK(failed.exit_status == 1);
  CHECK(has(failed.output, R"("connected":false,"connectedMs":null,"roundTripMs":null)"));
  CHECK(has(failed.output, "configure a TURN server"));
}

TEST_CASE("floe sim says what is wrong with its options", "[native][cli][sim]") {
  const ChildResult unknown = simulate("cone", "open");
  CHECK(unknown.exit_status == 2);
  CHECK(unknown.output.empty());
  CHECK(has(unknown.errors, "--left: there is no network cone; there are open, full-cone, "));
  CHECK(has(simulate({"--left", "open"}).errors, "--right is required"));
  const std::vector<std::vector<std::string>> wrong{
      {"--loss", "101"}, {"--loss", "-1"}, {"--loss", "nan"}, {"--rtt", "-1"}, {"--rtt", "10001"},
      {"--for", "0"},    {"--seed", "x"},  {"--for", "1e9"},  {"--noise"}};
  for (const std::vector<std::string>& options : wrong) {
    CAPTURE(options);
    CHECK(simulate("open", "open", options).exit_status == 2);
  }
}

}  // namespace floe::native
