// An agent and what protects its data: the agent's data goes to the protection, and what that wants
// to send goes to the agent.
//
// "connected" then means that the protection is through as well: the events of states wait for it.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <variant>

#include "floe/ice/agent.h"
#include "protection.h"

namespace floe::peer {

/// As the agent's, but with opened data and other states; and what the protection says.
using ProtectedOutput =
    std::variant<ice::Output, signal::Reveal, Secured, SecurityFailed, EndedByPeer>;

class ProtectedAgent final : private ice::CheckPayload {
 public:
  ProtectedAgent(ice::Agent& agent, std::unique_ptr<Protection> protection)
      : agent_(agent), protection_(std::move(protection)) {
    if (protection_->rides_in_checks()) agent_.set_payload(this);
  }

  Protection& protection() { return *protection_; }
  const Protection& protection() const { return *protection_; }

  void handle_timeout(Timestamp now);
  /// As Connection::open().
  std::optional<Bytes> open(Timestamp now, ice::StreamComponent component, Bytes payload,
                            ByteVector& room);
  /// As Connection::seal(). What it refuses is counted.
  Result<Bytes, ice::SendResult> seal(Timestamp now, ice::StreamComponent component, Bytes payload);
  ice::SendResult send(Timestamp now, ice::StreamComponent component, Bytes payload);
  /// Ends the protection, which tells the peer.
  void close(Timestamp now);
  /// What the application is told while the agent is in this state.
  ice::State shown(ice::State of_agent) const;
  signal::DtlsStatistics statistics(bool is_over) const;
  /// The time of the latest input that is known here.
  Timestamp now() const { return now_; }

  /// Of the protection, then of the agent. `note` is called with each event of the agent.
  template <class Note>
  std::optional<ProtectedOutput> poll_output(Note&& note) {
    for (;;) {
      if (auto output = poll_protection()) return output;
      auto output = agent_.poll_output();
      if (!output && start_handshakes()) continue;
      if (!output) {
        being_sent_.clear();
        return std::nullopt;
      }
      const auto* event = std::get_if<ice::Event>(&*output);
      if (event == nullptr) return std::move(*output);
      if (const auto* data = std::get_if<ice::DataReceived>(event)) {
        if (auto opened = open(*data)) return opened;
        continue;
      }
      note(*event);
      if (!is_state(*event)) return std::move(*output);
    }
  }

 private:
  ice::CheckRider take(Timestamp now, ice::StreamComponent component, ice::RidesIn where) override;
  void give(Timestamp now, ice::StreamComponent component, const ice::CheckRider& rider) override;
  std::optional<ProtectedOutput> poll_protection();
  std::optional<ProtectedOutput> take(ProtectionOutput& output);
  std::optional<ProtectedOutput> poll_state();
  std::optional<ProtectedOutput> open(const ice::DataReceived& sealed);
  ProtectedOutput fail(SecurityFailed& failure);
  bool is_state(const ice::Event& event);
  bool start_handshakes();
  bool start_handshake(ice::StreamComponent component);
  bool has_path(ice::StreamComponent component) const;
  /// Null: the current generation has none.
  const ice::CandidatePair* working_pair(ice::StreamComponent component) const;
  void hand_on(Sealed& sealed);

  ice::Agent& agent_;
  std::unique_ptr<Protection> protection_;
  Timestamp now_{};
  std::deque<ByteVector> being_sent_;  // sealed, until the agent's outputs are drained
  ByteVector opened_;                  // what the latest DataReceived is a view of
  // The state in the agent's latest event, and the state that was told for it.
  ice::StateChanged of_agent_{ice::State::fresh};
  ice::State told_ = ice::State::fresh;
  bool has_failed_ = false;
};

}  // namespace floe::peer
