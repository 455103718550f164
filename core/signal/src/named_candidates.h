// The peer's candidates of one generation that have names instead of addresses.
//
// Limit: kNamedCandidatesMax, those that were resolved among them.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>

#include "floe/ice/candidate.h"
#include "floe/signal/candidate_names.h"

namespace floe::signal {

struct NamedCandidate {
  enum class State : std::uint8_t { wanted, asked, resolved };

  std::string name;          ///< in small letters
  ice::Candidate candidate;  ///< its address has only the port until it is resolved
  std::string line;
  State state = State::wanted;

  bool is_resolved() const { return state == State::resolved; }
};

/// Whether it is one label and ".local", which the local network may know.
bool is_local_name(std::string_view name);

class NamedCandidates {
 public:
  /// False: there is no room. A candidate that is known adds nothing.
  bool add(NamedCandidate candidate);
  /// The next candidate that waits for this name, until there is none: with its address, or
  /// forgotten if there is no address.
  std::optional<NamedCandidate> settle_next(const NameResolved& answer);
  /// The name must be looked up: asked once for each name.
  std::optional<NameWanted> poll_name();
  /// Forgets a candidate that the peer took back, and returns it.
  std::optional<NamedCandidate> remove(std::string_view name, const ice::Candidate& candidate);
  void clear();

  /// Some are not resolved yet.
  bool is_waiting() const;

 private:
  using Place = std::list<NamedCandidate>::iterator;

  Place find(std::string_view name, const ice::Candidate& candidate);
  NamedCandidate take(Place place);

  std::list<NamedCandidate> candidates_;
  std::size_t added_count_ = 0;
};

}  // namespace floe::signal
