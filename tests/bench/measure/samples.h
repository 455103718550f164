// Many measurements of one thing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace floe::bench {

class Samples {
 public:
  void add(double value) { values_.push_back(value); }
  std::size_t size() const { return values_.size(); }

  /// The value that `share` of them do not exceed, by nearest rank; there must be one.
  double percentile(double share) {
    std::sort(values_.begin(), values_.end());
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(values_.size()));
    return values_[std::min(rank, values_.size() - 1)];
  }

 private:
  std::vector<double> values_;
};

}  // namespace floe::bench
