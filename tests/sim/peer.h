// An agent on a simulated host, and the signalling between two of them.
//
// Signalling is floe.signal.1 by the session that real agents use, without its JSON.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "checkers.h"
#include "floe/driver/agent_driver.h"
#include "floe/sim/world.h"
#include "gated_sockets.h"
#include "path_checker.h"
#include "security_checker.h"
#include "signalling_path.h"

namespace floe::sim {

struct PeerOptions {
  ice::AgentConfig agent;
  GatherOptions gather;
  /// False: the description waits for gathering and carries all candidates.
  bool trickle = true;
  /// Restarts by itself when its path is lost.
  bool recovers = false;
  /// A PathChecker looks on.
  bool checks_paths = false;
  /// Encrypts, and a SecurityChecker looks on; empty: plaintext. See encryption_of().
  std::optional<peer::SecurityOptions> security = {};
  /// Its sockets are those of a gateway. With FLOE_SIM_GATED in the environment all peers' are.
  bool is_gated = false;
  ice::SharedPacer* shared_pacer = nullptr;
  SharedPacing* shared_pacing = nullptr;  ///< the checkers' side of `shared_pacer`
};

class Peer final : private AgentListener {
 public:
  Peer(World& world, SimHost& host, const PeerOptions& options = {});

  void gather() { driver_.gather(options_.gather); }
  /// What this peer signals reaches `other` after `delay`: its description now, candidates as they
  /// come. Once.
  void signal_to(Peer& other, Duration delay);
  /// A new generation, which is signalled to whom signal_to() named.
  void restart();

  AgentDriver& driver() { return driver_; }
  const ice::Agent& agent() const { return driver_.agent(); }
  SimHost& host() { return host_; }
  AgentChecker& checker() { return checker_; }
  /// nullptr: PeerOptions::is_gated is not set.
  const GatedSockets* gates() const { return gates_ ? &*gates_ : nullptr; }
  /// nullptr: PeerOptions::checks_paths is not set.
  PathChecker* path_checker() { return path_checker_ ? &*path_checker_ : nullptr; }
  /// nullptr: it does not encrypt.
  SecurityChecker* security_checker() { return security_checker_ ? &*security_checker_ : nullptr; }
  const SecurityChecker* security_checker() const {
    return security_checker_ ? &*security_checker_ : nullptr;
  }
  /// Of what this peer says; after signal_to().
  SignallingPath& signalling_path() { return *path_; }
  const signal::Session& session() const { return *driver_.connection().session(); }
  bool connected() const;
  /// A pair works, selected or not.
  bool has_path() const;
  bool send(std::string_view text) { return static_cast<bool>(driver_.send(1, as_bytes(text))); }

  const std::vector<std::string>& received() const { return received_; }
  /// Restarts that nobody asked for.
  std::size_t restarts_by_itself() const { return restarts_by_itself_; }
  const std::vector<ice::State>& states() const { return states_; }
  /// Of all generations.
  const std::vector<ice::Candidate>& found() const { return found_; }
  bool gathered() const { return agent().gathering_state() == ice::GatheringState::complete; }

 private:
  void on_agent_event(const ice::Event& event) override;
  void on_message_ready(const signal::Message& message) override;
  void on_message_error(const signal::SessionError& error) override;
  void on_restarted_by_itself(std::uint32_t) override { ++restarts_by_itself_; }
  void on_connection_secured(const peer::Secured& secured) override;
  void on_connection_insecure(const peer::SecurityFailed& failed) override;

  Host make_api();
  void hear(const signal::Message& message);

  World& world_;
  SimHost& host_;
  PeerOptions options_;
  std::optional<GatedSockets> gates_;
  Host api_;
  AgentDriver driver_;
  AgentChecker checker_;
  std::optional<PathChecker> path_checker_;
  std::optional<SecurityChecker> security_checker_;
  Peer* other_ = nullptr;
  std::unique_ptr<SignallingPath> path_;
  std::vector<std::string> received_;
  std::size_t restarts_by_itself_ = 0;
  std::vector<ice::State> states_;
  std::vector<ice::Candidate> found_;
};

/// Both gather and signal to each other, each way in `signalling_delay`.
void start(Peer& left, Peer& right, Duration signalling_delay = 10ms);

}  // namespace floe::sim
