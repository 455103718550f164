// The checks of two simulated agents, and what became of each.
//
// How many checks of a pair an agent sent, and how many were answered, is what the agent counts:
// that covers relays over TCP, too. Why one was lost is seen in the datagrams of the world.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "floe/ice/agent.h"
#include "floe/sim/world.h"
#include "floe/stun/message.h"
#include "sim_event.h"

namespace floe::cli {

class SimChecks final : private sim::PacketWatcher, private sim::StepWatcher {
 public:
  /// All must outlive it.
  SimChecks(sim::World& world, const ice::Agent& left, const ice::Agent& right);
  ~SimChecks();
  SimChecks(const SimChecks&) = delete;
  SimChecks& operator=(const SimChecks&) = delete;

  /// An event for each check, or for several of one pair in a row that fared alike.
  std::vector<SimEvent> events() const;

 private:
  struct Attempt {
    Timestamp at;
    bool nominates;
    std::optional<std::uint64_t> packet = {};   ///< a key of packets_
    std::optional<Timestamp> answered_at = {};  ///< where there is no packet
  };
  struct PairTrack {
    std::vector<Attempt> attempts;
    std::uint32_t answers = 0;
  };
  struct PacketTrack {
    SimSide side;
    Timestamp sent_at;
    TransportAddress source;
    TransportAddress destination;
    std::string place;  ///< where it was last
    std::optional<sim::Fate> fate = {};
    std::optional<Timestamp> answered_at = {};
    std::string answer_lost = {};
  };
  /// How an attempt ended; equal ones in a row are one event.
  struct Outcome {
    bool is_answered = false;
    bool nominates = false;
    std::string answer_lost = {};
    std::string lost = {};
    bool lost_near = false;
    bool operator==(const Outcome&) const = default;
  };

  static bool is_seen(const Attempt& attempt) { return attempt.packet.has_value(); }

  void on_packet_sent(const sim::SentPacket& packet) override;
  void on_packet_ended(std::uint64_t number, sim::Fate fate, std::string_view place) override;
  void on_step() override;

  const ice::Agent& agent(SimSide side) const { return *agents_[static_cast<std::size_t>(side)]; }
  void note_check(const sim::SentPacket& packet, const stun::TransactionId& id);
  std::optional<SimSide> sender_of(const sim::SentPacket& packet) const;
  void follow(SimSide side);
  void note_answer(PairTrack& track, Duration round_trip) const;
  Attempt* attempt_of(const PacketTrack& packet);
  const PacketTrack* packet_of(const Attempt& attempt) const;
  std::optional<Duration> answered_after(const Attempt& attempt) const;
  /// `leaves_relay`: a relay sends it on, in a datagram that should be seen.
  Outcome outcome_of(const Attempt& attempt, SimSide side, bool leaves_relay) const;
  void add_events(SimSide side, std::size_t pair, std::vector<SimEvent>& events) const;

  sim::World& world_;
  std::array<const ice::Agent*, 2> agents_;
  std::array<std::vector<PairTrack>, 2> pairs_;   // by side, then by place in Agent::pairs()
  std::map<std::uint64_t, PacketTrack> packets_;  // checks, by their number
  std::vector<std::uint64_t> new_packets_;
  std::map<stun::TransactionId, std::uint64_t> latest_;  // the last check of a transaction
  std::map<std::uint64_t, std::uint64_t> answers_;       // the number of an answer, and its check's
};

}  // namespace floe::cli
