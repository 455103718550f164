// One world of random_worlds: two agents meet as a plan says, suffer what it says, and are then
// left in peace; what must hold at the end does, or is a problem.
//
//   meeting   until both are connected or both have failed
//   life      a minute, with data both ways and whatever disturbs them
//   calm      a minute more in which nothing is lost
//   end       the two ends hold mirror images of the same pairs, or neither is connected; data
//             arrives; closed, they are silent
//
// Where ICE itself has no answer to what happens but a restart, the application gives it: see
// WorldPlan::restarts_when_lost.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/sim/public_stun.h"
#include "peer.h"
#include "worlds/movements.h"
#include "worlds/world_plan.h"

namespace floe::sim {

struct WorldResult {
  std::vector<std::string> problems = {};
  std::uint64_t trace_hash = 0;
  std::uint64_t datagrams = 0;  ///< sent by sockets
  bool connected = false;       ///< both, after the meeting
};

class RandomWorld {
 public:
  RandomWorld(std::uint64_t seed, WorldPlan plan);

  WorldResult run();

  World& world() { return world_; }

 private:
  SimHost& build_host(std::size_t side);
  PeerOptions options_of(std::size_t side);
  void after(Duration delay, Calls::Action action);

  // What happens
  void send_data(std::size_t side);
  void watch_over(std::size_t side);
  void disturb(const Disturbance& disturbance);
  void when_awake(std::size_t side, Calls::Action action);
  void change_address(std::size_t side);
  void lose_interface(const Disturbance& disturbance);
  void set_link(const Disturbance& disturbance, bool is_up);
  void reboot_nats(std::size_t side);
  void set_servers_away(bool are_away);
  void calm();

  // What must hold
  bool is_decided() const;
  std::size_t connected_count() const;
  void judge_meeting();
  void judge_recovery();
  void judge_end();
  bool is_local(std::size_t side, const ice::Candidate& ours, const ice::Candidate& as_seen) const;
  bool hold_the_same_pairs() const;
  void judge_pairs();
  void judge_data();
  void judge_closing();
  void complain(std::string problem) { result_.problems.push_back(std::move(problem)); }

  /// Calls `visit(ice::StreamComponent)` for each component of each stream that both have.
  template <class Visit>
  void for_each_component(Visit&& visit) const {
    const ice::AgentConfig& left = plan_.sides[0].agent;
    const ice::ComponentId components = std::min(left.components, plan_.sides[1].agent.components);
    for (ice::DataStreamId stream = 0; stream < left.streams; ++stream) {
      for (ice::ComponentId number = 1; number <= components; ++number) {
        visit(ice::StreamComponent(stream, number));
      }
    }
  }

  WorldPlan plan_;
  World world_;
  PublicStun stun_;
  std::optional<PlannedRelay> relay_;
  std::vector<std::unique_ptr<Site>> sites_;
  Movements movements_{world_, sites_, plan_};
  ice::SharedPacer shared_pacer_;
  SharedPacing shared_pacing_;
  std::array<std::unique_ptr<Peer>, 2> peers_;
  std::uint8_t next_place_ = 100;  ///< at any site, for hosts that move
  bool is_sending_ = true;
  std::array<bool, 2> was_lost_{};  ///< when the application last looked
  WorldResult result_;
};

}  // namespace floe::sim
