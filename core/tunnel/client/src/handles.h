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

/// Where the element with `handle` is in a list of pointers, or where it would be. The list is in
/// the order of the handles, which is that of opening.
template <class Elements, class Handle>
auto place_of(Elements& elements, Handle handle) {
  // Handles follow each other where nothing was closed, so each datagram costs no search.
  if (!elements.empty()) {
    const std::size_t guess = handle.value() - elements.front()->handle().value();
    if (guess < elements.size() && elements[guess]->handle() == handle) {
      return elements.begin() + static_cast<std::ptrdiff_t>(guess);
    }
  }
  return std::ranges::lower_bound(elements, handle, {},
                                  [](const auto& element) { return element->handle(); });
}

/// Null when no element of the list has that handle.
template <class Elements, class Handle>
auto* find_by_handle(Elements& elements, Handle handle) {
  const auto place = place_of(elements, handle);
  const bool found = place != elements.end() && (*place)->handle() == handle;
  return found ? std::to_address(*place) : nullptr;
}

}  // namespace floe::tunnel
