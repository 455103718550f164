// Tries agents in many random worlds; `--help` says how.
#include <cstdio>

#include "worlds/long_loss.h"
#include "worlds/loss_study.h"
#include "worlds/world_series.h"

using namespace floe::sim;

int main(int argc, char** argv) {
  const auto line = CommandLine::parse(argc, argv);
  if (!line) {
    std::fputs(CommandLine::usage(), stderr);
    return 2;
  }
  WorldSeries series(*line);
  switch (line->task) {
    case CommandLine::Task::help:
      std::fputs(CommandLine::usage(), stdout);
      return 0;
    case CommandLine::Task::judge:
      return series.judge() ? 0 : 1;
    case CommandLine::Task::hashes:
      return series.print_hashes() ? 0 : 1;
    case CommandLine::Task::long_loss: {
      const LongLossOptions options{line->first, line->loss_percent, line->hours};
      const LongLoss result = run_long_loss(options);
      std::printf("%s\n", result.to_text(options).c_str());
      return result.failed == 0 && result.received > 0 ? 0 : 1;
    }
    case CommandLine::Task::loss:
      LossStudy study(line->loss_percent);
      for (std::uint64_t i = 0; i < line->count; ++i) study.run(line->first + i);
      std::printf("%s\n", study.to_text().c_str());
      return 0;
  }
  return 2;
}
