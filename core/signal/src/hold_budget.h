// How many bytes the messages held in all rooms may have together, and those of one network.
//
// Why by network: who fills one room fills another, too, as long as somebody pays for it with an
// address.
#pragma once

#include <cstddef>
#include <map>

#include "floe/types/address.h"

namespace floe::signal {

class HoldBudget {
 public:
  HoldBudget(std::size_t all, std::size_t per_network) : left_(all), per_network_(per_network) {}

  /// False: fewer than `size` bytes are left, and nothing has changed.
  bool consume(const IpAddress& network, std::size_t size);
  void give_back(const IpAddress& network, std::size_t size);

 private:
  std::size_t left_;
  std::size_t per_network_;
  std::map<IpAddress, std::size_t> used_;  // by networks that have something held
};

}  // namespace floe::signal
