// What must hold of the paths of an agent whose hosts, NATs and servers move:
//
//   use      no path that delivered in the last 30 s stays unused while none is selected
//   failure  no `failed` before consent expired, unless every pair was tried
//   arrival  data that comes by a path that was selected in the last 3 s, and left for another, is
//            given to the application
//
// Seen from outside, as by AgentChecker. What goes through a TURN server is not looked at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "five_tuples.h"
#include "floe/ice/agent.h"
#include "floe/sim/world.h"
#include "violations.h"

namespace floe::sim {

class PathChecker final : private HostObserver, private StepWatcher {
 public:
  /// An authenticated message came by a path so lately that the path may still deliver.
  static constexpr Duration kDeliveredWithin = 30s;
  /// An agent that has no path uses each of those at least so often.
  static constexpr Duration kUnusedMax = 10s;
  /// RFC 8445, section 8.3.1: how long an agent answers on the pairs of before.
  static constexpr Duration kUnderWayMax = 3s;
  /// A pair that was used so lately counts as tried.
  static constexpr Duration kTriedWithin = 60s;

  /// What is passed must outlive it. Of an encrypted connection, what the agent gives to DTLS is
  /// what arrived: handshakes and repeated records are for nobody else.
  PathChecker(World& world, SimHost& host, const ice::Agent& agent, bool is_encrypted = false);
  ~PathChecker();

  /// The agent's events, as they come.
  void note_event(const ice::Event& event);
  /// An authenticated message of the peer came by `path`; `answers` when it grants consent.
  void note_heard(const ice::Route& path, bool answers);

  /// For tests that expect some; see Violations.
  std::vector<std::string> take_violations() { return violations_.take(); }

 private:
  struct Facts {
    std::optional<ice::StreamComponent> component;
    ice::Route path;
    std::optional<Timestamp> heard_at;
    std::optional<Timestamp> answered_at;
    std::optional<Timestamp> sent_at;
    std::optional<Timestamp> selected_at;  ///< the last moment
    std::optional<Timestamp> lost_at;      ///< when no path took the place of this one
  };
  /// What is known of a component.
  struct Selection {
    ice::StreamComponent component;
    std::optional<ice::Route> path;
    Timestamp none_since{};  ///< no pair is selected, although the agent could have one
  };

  void on_sending(const TransportAddress& from, const TransportAddress& to, Bytes payload) override;
  void on_arriving(const Datagram& datagram) override;
  void on_arrived(const Datagram& datagram) override;
  void on_timer_rung() override { touched_ = true; }
  void on_step() override;

  Facts& facts(const ice::Route& path);
  std::uint64_t data_received() const {
    return is_encrypted_ ? agent_.counters().data_received : data_events_;
  }
  bool is_within(const std::optional<Timestamp>& at, Duration span) const {
    return at && world_.now() - *at < span;
  }
  void follow(Selection& selection);
  void check_use(const Selection& selection);
  void judge_failure();
  bool may_have_failed(ice::StreamComponent component);
  bool has_consent(ice::StreamComponent component) const;
  bool tried_all(ice::StreamComponent component);
  bool is_usable(const ice::Route& path) const;
  bool is_idle(const ice::Route& path) const;
  bool is_peer_reflexive(const TransportAddress& remote) const;
  bool is_lite() const { return agent_.config().implementation == ice::Implementation::lite; }
  void violate(std::string_view what);

  World& world_;
  SimHost& host_;
  const ice::Agent& agent_;
  const bool is_encrypted_;
  Violations violations_;
  FlatMap<FiveTuple, Facts> paths_;
  std::vector<Selection> selections_;
  std::optional<ice::Credentials> peer_;

  std::optional<ice::Route> arriving_;
  bool expects_data_ = false;
  std::uint64_t data_events_ = 0;
  std::uint64_t data_before_ = 0;
  std::uint64_t requests_before_ = 0;
  std::uint64_t responses_before_ = 0;
  bool touched_ = false;
  bool closed_ = false;
};

}  // namespace floe::sim
