// The picture of `floe sim`, line by line.
#include "sim_drawing.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "sim_fate.h"

namespace floe::cli {
namespace {

SimEvent note(int ms, SimSide side, std::string text) {
  return {std::chrono::milliseconds(ms), side, "state", std::move(text)};
}

SimEvent arrow(int ms, SimSide side, std::string text, std::string lost = {}, bool near = false) {
  SimEvent event = note(ms, side, std::move(text));
  event.is_sent = true;
  event.lost = std::move(lost);
  event.lost_near = near;
  return event;
}

/// The rows without the first one, each without the spaces between the ends.
std::vector<std::string> rows_of(const std::vector<SimEvent>& events) {
  const std::string text = draw(events);
  std::vector<std::string> rows;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::string row;
    for (const char c : text.substr(at, end - at)) {
      if (c != ' ' || row.empty() || row.back() != ' ') row += c;
    }
    rows.push_back(row);
    at = end + 1;
  }
  rows.erase(rows.begin());
  return rows;
}

constexpr SimSide kLeft = SimSide::left;
constexpr SimSide kRight = SimSide::right;

}  // namespace

TEST_CASE("what both ends see in one millisecond shares a line", "[native][cli][sim]") {
  CHECK(rows_of({note(5, kLeft, "is here"), note(5, kRight, "is there")}) ==
        std::vector<std::string>{" 5 │ is here is there │"});
  CHECK(rows_of({note(5, kRight, "is there"), note(6, kLeft, "is here")}) ==
        std::vector<std::string>{" 5 │ is there │", " 6 │ is here │"});
  const std::string wide(60, 'x');
  CHECK(rows_of({note(5, kLeft, wide), note(5, kRight, wide)}) ==
        std::vector<std::string>{" 5 │ " + wide + " │", " 5 │ " + wide + " │"});
}

TEST_CASE("an arrow that arrives crosses the picture, and a lost one has a cross",
          "[native][cli][sim]") {
  const auto rows = rows_of({arrow(0, kLeft, "asks"), arrow(1, kRight, "asks")});
  CHECK(rows[0].starts_with(" 0 ├─ asks ──────"));
  CHECK(rows[0].ends_with("──────▶│"));
  CHECK(rows[1].starts_with(" 1 │◀──────"));
  CHECK(rows[1].ends_with("────── asks ─┤"));
  const auto lost =
      rows_of({arrow(0, kLeft, "asks", "too far"), arrow(1, kLeft, "asks", "too near", true),
               arrow(2, kRight, "asks", "too far"), arrow(3, kRight, "asks", "too near", true)});
  CHECK(lost[0].ends_with("──────╳ too far │"));
  CHECK(lost[1] == " 1 ├─ asks ──╳ too near │");
  CHECK(lost[2].starts_with(" 2 │ too far ╳──────"));
  CHECK(lost[3] == " 3 │ too near ╳── asks ─┤");
}

TEST_CASE("text that is too long is cut between characters, and never the count",
          "[native][cli][sim]") {
  std::string arrows;
  for (int i = 0; i < 200; ++i) arrows += "→";
  std::vector<SimEvent> events{note(0, kLeft, arrows), arrow(1, kLeft, arrows, arrows, true),
                               arrow(2, kRight, arrows, arrows)};
  for (SimEvent& event : events) event.times = 12;
  const std::string text = draw(events);
  std::size_t width = 0;
  std::size_t lines = 0;
  for (const char c : text) {
    if (c == '\n') {
      CHECK(width == kDrawingWidth);
      ++lines;
      width = 0;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
      ++width;
    }
  }
  CHECK(lines == 4);
  CHECK(text.find("→ ×12 ──╳ →") != std::string::npos);
}

TEST_CASE("sentences are broken at spaces", "[native][cli][sim]") {
  const std::string word(49, 'x');
  CHECK(wrapped("one two") == "one two");
  CHECK(wrapped(word + " " + word + " y") == word + " " + word + "\ny");
  CHECK(wrapped(word + " " + word + "xy z") == word + "\n" + word + "xy z");
  CHECK(wrapped(std::string(120, 'x')) == std::string(120, 'x'));
  CHECK(wrapped("").empty());
}

TEST_CASE("where a datagram was lost is said in the words of the two ends", "[native][cli][sim]") {
  using sim::Fate;
  CHECK(why_lost(Fate::delivered, "right:eth0").empty());
  CHECK(why_lost(Fate::no_mapping, "site 2 NAT:outside") == "no mapping at the right NAT");
  CHECK(why_lost(Fate::filtered, "site 1 carrier NAT:outside") ==
        "filtered by the left carrier NAT");
  CHECK(why_lost(Fate::no_route, "turn:eth0") == "no route from the TURN server");
  CHECK(why_lost(Fate::loss, "stun:eth0") == "lost before the STUN server");
  CHECK(why_lost(Fate::too_large, "left:eth0") == "lost: longer than the MTU, at the left host");
  CHECK(is_near("site 1 NAT:inside", kLeft));
  CHECK_FALSE(is_near("site 1 NAT:outside", kRight));
  CHECK(is_near("right:eth0", kRight));
  CHECK(is_near("turn:eth0", kLeft));
}

}  // namespace floe::cli
