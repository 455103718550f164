// The selected pair of each component of one generation, with its consent.
#pragma once

#include <algorithm>
#include <optional>
#include <span>

#include "consent.h"
#include "floe/ice/candidate_pair.h"
#include "floe/types/list.h"
#include "liveness.h"

namespace floe::ice {

struct SelectedPath {
  StreamComponent component;
  PairIndex pair;
  Consent consent;
  Liveness liveness;
  Timestamp sent_at;  ///< data or a keepalive

  /// A check, data or a keepalive of the peer came.
  void heard(Timestamp at) {
    consent.heard(at);
    liveness.heard(at);
  }
};

/// RFC 8445, section 11: "Agents SHOULD use a Tr value of 15 seconds."
inline constexpr Duration kKeepaliveInterval = 15s;

class SelectedPaths {
 public:
  SelectedPaths(std::uint8_t streams, ComponentId components)
      : components_(components), wanted_(std::size_t{streams} * components) {}

  bool knows(StreamComponent component) const {
    return component.component >= 1 && component.component <= components_ &&
           (component.stream + 1u) * components_ <= wanted_;
  }

  SelectedPath* find(StreamComponent component) {
    const auto place = std::ranges::find(paths_, component, &SelectedPath::component);
    return place == paths_.end() ? nullptr : &*place;
  }
  const SelectedPath* find(StreamComponent component) const {
    return const_cast<SelectedPaths&>(*this).find(component);
  }
  /// Whether the pair is its component's selected one.
  SelectedPath* find(PairIndex pair) {
    const auto place = std::ranges::find(paths_, pair, &SelectedPath::pair);
    return place == paths_.end() ? nullptr : &*place;
  }
  const SelectedPath* find(PairIndex pair) const {
    return const_cast<SelectedPaths&>(*this).find(pair);
  }

  /// Replaces the path that was selected for that component before.
  void select(const SelectedPath& path) {
    drop(path.component);
    absent_.erase_if([&](StreamComponent absent) { return absent == path.component; });
    paths_.push_back(path);
  }
  void drop(StreamComponent component) {
    paths_.erase_if([&](const SelectedPath& path) { return path.component == component; });
  }

  /// RFC 8445, section 6.1.2.2: of agents with different numbers of components, the smaller number
  /// counts. `has(StreamComponent)` tells whether the peer has the component; a peer that has none
  /// at all only checks, and may have all.
  template <class Has>
  void leave_out_absent(Has&& has) {
    absent_.clear();
    for_each_component([&](StreamComponent component) {
      if (!has(component) && find(component) == nullptr) absent_.push_back(component);
    });
    if (absent_.size() == wanted_) absent_.clear();
  }

  bool is_absent(StreamComponent component) const {
    return std::ranges::find(absent_, component) != absent_.end();
  }
  /// Every component that the peer has, too, has a selected pair.
  bool is_complete() const { return paths_.size() + absent_.size() == wanted_; }
  bool is_disconnected(Timestamp now) const {
    return std::ranges::any_of(
        paths_, [&](const SelectedPath& path) { return path.consent.is_disconnected(now); });
  }
  /// How much data they carry: a path that answers is worth more than all that are in doubt.
  std::size_t worth() const {
    const auto answering = std::ranges::count_if(
        paths_, [](const SelectedPath& path) { return !path.liveness.is_in_doubt(); });
    return static_cast<std::size_t>(answering) * (wanted_ + 1) + paths_.size();
  }
  std::span<SelectedPath> all() { return paths_; }
  std::span<const SelectedPath> all() const { return paths_; }

  /// Calls `visit(StreamComponent)` for each component of each stream.
  template <class Visit>
  void for_each_component(Visit&& visit) const {
    for (std::size_t i = 0; i < wanted_; ++i) {
      visit(StreamComponent(static_cast<DataStreamId>(i / components_),
                            static_cast<ComponentId>(i % components_ + 1)));
    }
  }

 private:
  ComponentId components_;
  std::size_t wanted_;
  List<SelectedPath> paths_;      // one a component at most
  List<StreamComponent> absent_;  // without a selected path, and the peer has them not
};

}  // namespace floe::ice
