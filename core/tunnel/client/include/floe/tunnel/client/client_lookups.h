// The lookups of one client: those that wait to be asked, and those that have an id.
//
// Holds no lookup alive; one that is destroyed takes itself out. An id is free again when the
// server has answered, also after nobody waits for it any more.
#pragma once

#include <array>
#include <optional>

#include "floe/tunnel/client/client_lookup.h"
#include "floe/tunnel/records/limits.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class ClientLookups {
 public:
  void add_waiting(ClientLookup& lookup, Timestamp deadline);
  /// From now on those that wait are waited for no longer than that.
  void set_deadlines(Timestamp deadline);

  bool has_waiting() const { return !waiting_.empty(); }
  /// The first that waits; only if has_waiting().
  ClientLookup& next() const { return *waiting_.front(); }
  /// Gives the first that waits a free id; empty when all are in use.
  std::optional<LookupId> assign_next();

  // Each of these takes a lookup that lives, to be answered and not known here any more; null when
  // there is none.

  ClientLookup* take_next();
  /// The server answered: the id is free.
  ClientLookup* release(LookupId id);
  ClientLookup* take_late(Timestamp now);
  ClientLookup* take_any();

  void forget(ClientLookup& lookup);
  /// Those that live, with an id or waiting.
  std::size_t size() const;
  Timestamp deadline() const;

 private:
  struct Slot {
    bool in_use = false;             // the server was asked, and did not answer
    ClientLookup* lookup = nullptr;  // null when nobody waits for it any more
  };

  ClientLookup* take(ClientLookup* lookup);
  template <class Predicate>
  ClientLookup* find(Predicate predicate) const;

  List<ClientLookup*> waiting_;
  std::array<Slot, kMaxLookups> slots_{};  // by id, from 1
};

}  // namespace floe::tunnel
