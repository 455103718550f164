// The handles by which the session and the driver of a client name a socket, a connection or a
// lookup.
//
// A handle is used once in a session and never again, so an event about an object that the
// application has already closed finds nothing. The ids of the protocol (ids.h) cannot do that: a
// waiting object has no id yet, and ids are used again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>

#include "floe/types/strong_id.h"

namespace floe::tunnel {

using SocketHandle = StrongId<struct SocketHandleTag>;
using ConnectionHandle = StrongId<struct ConnectionHandleTag>;
using LookupHandle = StrongId<struct LookupHandleTag>;

/// The place of the element with `handle` in a list of pointers; the list's end when there is none.
/// The list is in the order of the handles, which is the order of opening.
template <class Elements, class Handle>
auto place_of(Elements& elements, Handle handle) {
  if (elements.empty()) return elements.end();
  // The index is the difference to the first handle, or smaller if elements before it were closed.
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
