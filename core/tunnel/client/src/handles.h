// What the session and the driver of a client call a socket, a connection and a lookup.
//
// A handle is given out once in a session and never again, so an event about something that the
// application has closed since then finds nothing. The ids of the protocol (ids.h) cannot do that:
// something that waits has none, and they are used again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>

#include "floe/types/strong_id.h"

namespace floe::tunnel {

using SocketHandle = StrongId<struct SocketHandleTag>;
using ConnectionHandle = StrongId<struct ConnectionHandleTag>;
using LookupHandle = StrongId<struct LookupHandleTag>;

/// Where the element with `handle` is in a list of pointers; its end when there is none. The list
/// is in the order of the handles, which is that of opening.
template <class Elements, class Handle>
auto place_of(Elements& elements, Handle handle) {
  if (elements.empty()) return elements.end();
  // It is the difference of the handles behind the first, or before that where some were closed.
  const std::uint32_t behind = handle.value() - elements.front()->handle().value();
  for (std::size_t i = std::min<std::size_t>(behind, elements.size() - 1) + 1; i > 0; --i) {
    const auto place = elements.begin() + static_cast<std::ptrdiff_t>(i - 1);
    if ((*place)->handle() == handle) return place;
  }
  return elements.end();
}

/// Null when no element of the list has that handle.
template <class Elements, class Handle>
auto* find_by_handle(Elements& elements, Handle handle) {
  const auto place = place_of(elements, handle);
  return place == elements.end() ? nullptr : std::to_address(*place);
}

}  // namespace floe::tunnel
