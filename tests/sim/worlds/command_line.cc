#include "worlds/command_line.h"

#include <charconv>
#include <string_view>

namespace floe::sim {
namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// False: not an option without a value.
bool take_flag(CommandLine& line, std::string_view name) {
  if (name == "--trace") {
    line.shows_trace = true;
  } else if (name == "--moving") {
    line.is_moving = true;
  } else if (name == "--encrypted") {
    line.is_encrypted = true;
  } else if (name == "--print-traces") {
    line.task = CommandLine::Task::hashes;
  } else if (name == "--help") {
    line.task = CommandLine::Task::help;
  } else {
    return false;
  }
  return true;
}

/// False: no such option, or a value that it does not take.
bool take_value(CommandLine& line, std::string_view name, std::string_view value) {
  if (name == "--pcapng") {
    line.capture_file = value;
    return true;
  }
  const auto number = parse_number(value);
  if (!number) return false;
  if (name == "--seeds") {
    line.count = *number;
  } else if (name == "--first") {
    line.first = *number;
  } else if (name == "--seed") {
    line.first = *number;
    line.count = 1;
  } else if (name == "--ta" && *number >= 5 && *number <= 1000) {
    line.ta = std::chrono::milliseconds(*number);
  } else if (name == "--loss" && *number <= 99) {
    if (line.task != CommandLine::Task::long_loss) line.task = CommandLine::Task::loss;
    line.loss_percent = static_cast<std::uint32_t>(*number);
  } else if (name == "--hours" && *number >= 1 && *number <= 1000) {
    line.task = CommandLine::Task::long_loss;
    line.hours = static_cast<std::uint32_t>(*number);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<CommandLine> CommandLine::parse(int argc, const char* const* argv) {
  CommandLine line;
  for (int i = 1; i < argc; ++i) {
    if (take_flag(line, argv[i])) continue;
    if (i + 1 == argc || !take_value(line, argv[i], argv[i + 1])) return std::nullopt;
    ++i;
  }
  if (line.count == 0) return std::nullopt;
  return line;
}

const char* CommandLine::usage() {
  return "floe_random_worlds: tries agents in simulated worlds that seeds draw\n"
         "  --seeds N --first SEED     N worlds, from this seed on; prints those that go wrong\n"
         "  --seed SEED [--trace] [--pcapng FILE]\n"
         "                             one world: its plan, all that happens in it, a capture\n"
         "  --print-traces --seeds N   the seed, trace hash and number of datagrams of each\n"
         "  --loss PERCENT --seeds N   how long connecting takes when this much is lost\n"
         "  --loss PERCENT --hours N --seed SEED\n"
         "                             a call of hours with loss, and bursts of 5 s: 0 must fail\n"
         "  --moving                   worlds whose ends move, instead of those of before\n"
         "  --encrypted                the same worlds, with DTLS over all paths\n"
         "  --ta MS                    for all agents, instead of what the seed draws\n";
}

}  // namespace floe::sim
