// How many bytes the messages held in all rooms may have together, and those of one network.
//
// Why by network: a client that fills one room can fill others, too. An address of another network
// is what it does not have.
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
