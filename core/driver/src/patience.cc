#include "patience.h"

#include <algorithm>

namespace floe {
namespace {

constexpr Duration kAnswerTime = std::chrono::seconds(5);
constexpr Duration kPathTime = std::chrono::seconds(6);

}  // namespace

Patience::Patience(Timestamp begin)
    : answer_due_(begin + kAnswerTime), path_due_(begin + kPathTime) {}

std::optional<WaitingFor> Patience::take_due(Timestamp now) {
  if (now >= answer_due_) {
    handle_end();  // of a peer that is silent, no path is expected
    return WaitingFor::answer;
  }
  if (now < path_due_) return std::nullopt;
  path_due_ = kNever;
  return WaitingFor::path;
}

Timestamp Patience::deadline() const {
  return std::min(answer_due_, path_due_);
}

}  // namespace floe
