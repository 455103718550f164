#include "violations.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace floe::sim {

Violations::~Violations() {
  if (found_.empty()) return;
  for (const std::string& line : history_) std::fprintf(stderr, "%s\n", line.c_str());
  for (const std::string& what : found_) std::fprintf(stderr, "violation: %s\n", what.c_str());
  std::abort();
}

void Violations::add(std::string what) {
  if (found_.empty()) history_ = trace_.lines(kHistoryMax);
  if (found_.size() < kKeptMax) found_.push_back(std::move(what));
}

std::vector<std::string> Violations::take() {
  return std::exchange(found_, {});
}

}  // namespace floe::sim
