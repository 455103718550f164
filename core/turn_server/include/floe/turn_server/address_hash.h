// Hashes addresses with a secret key, so that an attacker who chooses addresses cannot choose their
// places in a table.
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
