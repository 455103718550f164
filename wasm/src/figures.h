// Named numbers of one object, on their way to JavaScript's getStats().
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "floe/types/time.h"

namespace floe::wasm {

class Figures {
 public:
  void count(std::string_view name, std::uint64_t value) {
    all_.emplace_back(name, static_cast<double>(value));
  }
  /// In seconds, as W3C's statistics have it; left out while it is not known.
  void seconds(std::string_view name, std::optional<Duration> value) {
    if (value) all_.emplace_back(name, static_cast<double>(value->count()) / 1e6);
  }

  const std::vector<std::pair<std::string_view, double>>& all() const { return all_; }

 private:
  std::vector<std::pair<std::string_view, double>> all_;
};

}  // namespace floe::wasm
