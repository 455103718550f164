// The paths that work: the selected pair of each component with its consent (RFC 7675), and the
// other valid pairs while they may still be needed.
//
// Data goes over the selected pair, or over the best valid one while none is selected; so valid
// pairs are kept alive by checks until a pair is selected, and the selected ones by consent
// requests. When a selected pair is in doubt (Liveness), it and then the others are checked again;
// after 30 seconds without an answer the path is lost. Nominator decides which pair is selected.
#pragma once

#include <optional>

#include "agent_core.h"
#include "check_client.h"
#include "check_list.h"
#include "selected_paths.h"

namespace floe::ice {

/// What a selected path in doubt needs now.
struct PathStep {
  StreamComponent component;
  bool checks_others;  ///< else the path itself
};

class Paths {
 public:
  /// The objects passed by reference must outlive the paths.
  Paths(AgentCore& core, CheckList& pairs, CheckClient& client)
      : core_(core),
        pairs_(pairs),
        client_(client),
        selected_(core.config.streams, core.config.components) {}

  void set_peer_is_lite(bool is_lite) { peer_is_lite_ = is_lite; }
  bool peer_is_lite() const { return peer_is_lite_; }

  /// The pair becomes the selected one of its component, and the application is told.
  void select(Timestamp now, PairIndex index);
  /// The selected pair of the component cannot be used any more.
  void lose(Timestamp now, StreamComponent component, PairFailure why);
  /// Sets the local candidate of a valid pair; it changes when a NAT on the path makes a new
  /// mapping. True: the pair is selected, its mapping changed, and the application was told.
  bool set_mapping(PairIndex index, LocalIndex local);

  /// A check or a consent request of ours was answered.
  void handle_answer(Timestamp now, PairIndex index);
  /// The peer's check came.
  void handle_check(Timestamp heard_at, PairIndex index);
  /// There is a new pair to check, which did not exist when a path was lost.
  void handle_new_pair() { path_lost_ = false; }
  /// The component of data that came by `path`; nothing if no authenticated message came by that
  /// path.
  std::optional<StreamComponent> handle_data(Timestamp now, const Route& path, std::size_t size);

  /// A keepalive of the peer says no more than data. False: it came by no selected pair.
  bool handle_keepalive(Timestamp now, const Route& path);

  /// Sends consent requests and keepalives that are due, and gives up the pairs on which the peer
  /// is silent. Returns the steps of the selected paths that are in doubt, for the caller to take.
  List<PathStep> update(Timestamp now);
  Timestamp deadline(Timestamp now) const;
  /// The peer's check came on another pair than the selected one: if nothing comes on the selected
  /// one any more, the peer has moved. False: the check means nothing.
  bool suspect(Timestamp now, StreamComponent component);
  /// The peer said that it left the pair; a selected one is in doubt.
  void doubt(Timestamp now, PairIndex index);
  /// Nothing came on the selected path for so long that it would be in doubt.
  bool is_silent(Timestamp now, StreamComponent component) const;
  /// The pair that answers, while the selected one is in doubt and does not.
  std::optional<PairIndex> replacement(Timestamp now, const SelectedPath& path) const;
  /// Lets the other pairs of the component be checked again.
  void recheck_others(Timestamp now, StreamComponent component);

  /// The route for a datagram of the application, which is counted. It may make deadline() earlier:
  /// see silence_deadline().
  std::optional<Route> route_data(Timestamp now, StreamComponent component, std::size_t size);
  /// The datagram was not sent: it counts as discarded. False: no such route.
  bool take_back_data(const Route& route, std::size_t size) {
    const auto index = pairs_.find(route);
    return index && pairs_.at(*index).statistics.discard(size);
  }
  /// When the selected path of the component will be in doubt, or has a step to take.
  Timestamp silence_deadline(Timestamp now, StreamComponent component) const;

  SelectedPaths& selected() { return selected_; }
  const SelectedPaths& selected() const { return selected_; }
  const SelectedPath* find(StreamComponent component) const { return selected_.find(component); }
  /// Whether the pair is its component's selected one.
  const SelectedPath* find(PairIndex index) const { return selected_.find(index); }
  std::optional<SelectedPair> selected_pair(StreamComponent component) const;
  bool is_connected() const { return selected_.is_complete(); }
  /// A selected path was lost, and no new pair has come since.
  bool has_lost_path() const { return path_lost_; }
  /// Until when the peer waits on the path that was lost last.
  Timestamp waits_until() const { return lost_at_ + kConsentTimeout; }

 private:
  Consent::Mode consent_mode() const;
  /// Two lite agents send no requests that would keep a NAT's binding.
  bool sends_keepalives() const { return core_.is_lite() && peer_is_lite_; }
  void announce(StreamComponent component);
  void update_selected(Timestamp now, List<PathStep>& steps);
  void send_due(Timestamp now, SelectedPath& path);
  SelectedPath* find_selected(const Route& path);
  Timestamp silence_deadline(Timestamp now, const SelectedPath* path) const;
  void update_unselected(Timestamp now);
  Timestamp recheck_at(const CandidatePair& pair) const;
  std::optional<PairIndex> best_valid(StreamComponent component, Timestamp answered_after) const;

  AgentCore& core_;
  CheckList& pairs_;
  CheckClient& client_;
  SelectedPaths selected_;
  bool peer_is_lite_ = false;
  bool path_lost_ = false;
  Timestamp lost_at_ = Timestamp() - kConsentTimeout;  // long ago
  List<StreamComponent> lost_;                         // since the last update()
};

}  // namespace floe::ice
