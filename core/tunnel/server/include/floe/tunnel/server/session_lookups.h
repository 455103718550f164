// The lookups of names that one server session has under way, and how fast new ones come.
#pragma once

#include <cstdint>
#include <vector>

#include "floe/tunnel/records/ids.h"
#include "floe/types/time.h"

namespace floe::tunnel {

/// Limits: kMaxLookups at a time, `per_second` begun within a second. Each costs the server a
/// question to others, so a session must not be a way to flood them.
class SessionLookups {
 public:
  enum class OpenResult : std::uint8_t { opened, id_in_use, limit };

  OpenResult open(Timestamp now, LookupId id, std::uint16_t per_second);
  /// False: none is open under that id.
  bool close(LookupId id);

 private:
  std::vector<LookupId> open_;
  Timestamp second_began_{};
  std::uint16_t begun_ = 0;  // in that second
};

}  // namespace floe::tunnel
