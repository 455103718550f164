// How large a JSON text may be before the reader refuses it.
#pragma once

#include <cstddef>

namespace floe::json {

/// The defaults are for one message from a stranger. A protocol that promises its own limits passes
/// them.
struct Limits {
  std::size_t text_size_max = 16 * 1024;  ///< bytes
  std::size_t values_max = 1024;          ///< of all kinds, objects and arrays included
  std::size_t depth_max = 8;              ///< objects and arrays inside each other; [[]] is 2
};

}  // namespace floe::json
