// What the latest lookups of clients found, for a short time: clients of one gateway ask for the
// same few servers.
//
// The system does not say how long an answer is valid, so a name is kept for less than names are
// usually valid. Nothing is kept of a lookup that got no answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::gateway {

struct KnownName {
  std::vector<IpAddress> addresses = {};
  bool is_unknown = false;  ///< nobody has the name
};

class NameCache {
 public:
  static constexpr std::size_t kNamesMax = 512;
  static constexpr Duration kFoundFor = std::chrono::seconds(30);
  static constexpr Duration kUnknownFor = std::chrono::seconds(5);

  /// Null when the name must be looked up; else valid until the next keep(). Letters in either case
  /// are the same name.
  const KnownName* find(Timestamp now, std::string_view name) const;
  /// Replaces the oldest when kNamesMax are there.
  void keep(Timestamp now, std::string_view name, const KnownName& found);

 private:
  struct Entry {
    std::string name;  // in lower case
    KnownName found;
    Timestamp until;
  };

  std::vector<Entry> entries_;
  std::size_t oldest_ = 0;
};

}  // namespace floe::gateway
