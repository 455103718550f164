#include "sim_drawing.h"

#include <algorithm>
#include <vector>

namespace floe::cli {
namespace {

constexpr std::size_t kTimeWidth = 7;
/// Between the two lines that stand for the ends.
constexpr std::size_t kInnerWidth = kDrawingWidth - kTimeWidth - 4;
/// The least length of an arrow's shaft beside its text.
constexpr std::size_t kShaftMin = 2;

/// The bytes of UTF-8 that begin a character; all characters here are one column wide.
bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::string cut(std::string text, std::size_t width) {
  while (width_of(text) > width) {
    while (!begins_character(text.back())) text.pop_back();
    text.pop_back();
  }
  return text;
}

std::string repeated(std::string_view character, std::size_t count) {
  std::string text;
  while (count-- > 0) text += character;
  return text;
}

std::string spaces(std::size_t count) {
  return std::string(count, ' ');
}

std::int64_t milliseconds(Duration at) {
  return (at.count() + 500) / 1000;
}

/// One row between the two ends, as wide as it has to be.
std::string row(Duration at, std::string_view left_edge, const std::string& inner,
                std::string_view right_edge) {
  std::string time = std::to_string(milliseconds(at));
  if (time.size() < kTimeWidth) time.insert(0, kTimeWidth - time.size(), ' ');
  return time + "  " + std::string(left_edge) + inner + std::string(right_edge) + "\n";
}

/// The texts of the two ends beside each other; there must be room for both.
std::string note_row(Duration at, const std::string& left, const std::string& right) {
  const std::size_t used = width_of(left) + width_of(right) + 2;
  return row(at, "│", " " + left + spaces(kInnerWidth - used) + right + " ", "│");
}

std::string arrow_row(const SimEvent& event) {
  const bool is_lost = !event.lost.empty();
  const std::string lost = is_lost ? cut(event.lost, kInnerWidth / 2) : std::string();
  const std::size_t end = is_lost ? width_of(lost) + 3 : 1;  // "╳ lost " or "▶"
  const std::string times = event.times > 1 ? " ×" + std::to_string(event.times) : std::string();
  const std::size_t text_max = kInnerWidth - end - kShaftMin - 3 - width_of(times);
  const std::string text = cut(event.text, text_max) + times;
  const std::size_t room = kInnerWidth - end - width_of(text) - 3;  // "─ text "
  // What is lost near its sender has a short arrow.
  const std::size_t shaft = is_lost && event.lost_near ? kShaftMin : room;
  const std::string gap = spaces(room - shaft);
  const std::string line = repeated("─", shaft);
  if (event.side == SimSide::left) {
    const std::string head = is_lost ? "╳ " + lost + " " + gap : "▶";
    return row(event.at, "├", "─ " + text + " " + line + head, "│");
  }
  const std::string head = is_lost ? gap + " " + lost + " ╳" : "◀";
  return row(event.at, "│", head + line + " " + text + " ─", "┤");
}

/// The events of one millisecond: what the ends saw, side by side where there is room, then what
/// they sent.
std::string draw_moment(std::span<const SimEvent> events) {
  std::vector<const SimEvent*> left;
  std::vector<const SimEvent*> right;
  for (const SimEvent& event : events) {
    if (!event.is_sent) (event.side == SimSide::left ? left : right).push_back(&event);
  }
  std::string text;
  const auto note = [&](const SimEvent& event) { return cut(event.text, kInnerWidth - 2); };
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string ours = i < left.size() ? note(*left[i]) : std::string();
    const std::string theirs = i < right.size() ? note(*right[i]) : std::string();
    const Duration at = i < left.size() ? left[i]->at : right[i]->at;
    const bool is_alone = ours.empty() || theirs.empty();
    if (is_alone || width_of(ours) + width_of(theirs) + 4 <= kInnerWidth) {
      text += note_row(at, ours, theirs);
    } else {
      text += note_row(at, ours, "") + note_row(at, "", theirs);
    }
  }
  for (const SimEvent& event : events) {
    if (event.is_sent) text += arrow_row(event);
  }
  return text;
}

}  // namespace

std::string draw(std::span<const SimEvent> events) {
  std::string text = spaces(kTimeWidth - 2) + "ms  left" + spaces(kInnerWidth - 7) + "right\n";
  while (!events.empty()) {
    const auto same = [&](const SimEvent& event) {
      return milliseconds(event.at) == milliseconds(events.front().at);
    };
    const auto end = std::ranges::find_if_not(events, same);
    const auto count = static_cast<std::size_t>(end - events.begin());
    text += draw_moment(events.first(count));
    events = events.subspan(count);
  }
  return text;
}

std::string wrapped(std::string_view text) {
  std::string lines;
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool is_first = lines.empty();
    const bool fits = width + 1 + width_of(word) <= kDrawingWidth;
    if (!is_first) lines += fits ? ' ' : '\n';
    width = (is_first || !fits ? 0 : width + 1) + width_of(word);
    lines += word;
  }
  return lines;
}

}  // namespace floe::cli
