// An agent on a simulated host, and the signalling between two of them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "floe/driver/agent_driver.h"
#include "floe/sim/world.h"

namespace floe::sim {

struct PeerOptions {
  ice::AgentConfig agent;
  GatherOptions gather;
};

class Peer final : private AgentListener {
 public:
  Peer(World& world, SimHost& host, const PeerOptions& options = {});

  /// What this peer signals reaches `other` after `delay`: its description now, candidates as they
  /// come.
  void signal_to(Peer& other, Duration delay);
  void gather() { driver_.gather(options_.gather); }

  AgentDriver& driver() { return driver_; }
  const ice::Agent& agent() const { return driver_.agent(); }
  SimHost& host() { return host_; }
  bool connected() const;
  bool send(std::string_view text) { return driver_.send(1, as_bytes(text)); }

  const std::vector<std::string>& received() const { return received_; }
  const std::vector<ice::State>& states() const { return states_; }
  const std::vector<ice::Candidate>& found() const { return found_; }
  bool gathered() const { return agent().gathering_state() == ice::GatheringState::complete; }

 private:
  void on_agent_event(const ice::Event& event) override;
  void after(Duration delay, std::function<void()> action);
  void signal_candidate(const ice::Candidate& candidate);
  void signal_end();

  World& world_;
  SimHost& host_;
  PeerOptions options_;
  Host api_;
  AgentDriver driver_;
  Peer* other_ = nullptr;
  Duration signalling_delay_{};
  std::vector<std::string> received_;
  std::vector<ice::State> states_;
  std::vector<ice::Candidate> found_;
};

/// Both gather and signal to each other, each way in `signalling_delay`.
void start(Peer& left, Peer& right, Duration signalling_delay = 10ms);

}  // namespace floe::sim
