// Hashes addresses under a key, so that nobody who may choose addresses can choose where they land
// in a table.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/turn_server/client_path.h"

namespace floe::turn {

class AddressHash {
 public:
  /// `key` is random.
  explicit AddressHash(std::uint64_t key) : key_(key) {}

  std::size_t operator()(const TransportAddress& address) const;
  std::size_t operator()(const ClientPath& path) const;

 private:
  std::uint64_t key_;
};

}  // namespace floe::turn
