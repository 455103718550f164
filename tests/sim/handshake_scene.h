// Two encrypted ends in the open that meet, over links that a test may worsen, and what became of
// their handshake. Each sends data as soon as it may, and again until some arrives.
#pragma once

#include <array>
#include <string>

#include "peer.h"

namespace floe::sim {

struct HandshakeOptions {
  std::uint64_t seed = 1;
  Duration round_trip = 20ms;
  std::uint32_t loss_percent = 0;  ///< of all datagrams, each way
  std::uint32_t mtu = kMtuUnlimited;
  /// How long what each of them signals is under way.
  std::array<Duration, 2> signalling{};
  /// The right end describes itself when it has heard of the left one; else the descriptions cross.
  bool answers = false;
  bool recovers = false;
  ice::ComponentId components = 1;
  std::array<bool, 2> sped = {};  ///< who would let the handshake ride in checks

  /// Of the left end, which loses for both, or of the right one.
  Link link(bool is_left) const;
};

class HandshakeScene final : private StepWatcher, private PacketWatcher {
 public:
  explicit HandshakeScene(const HandshakeOptions& options = {});
  ~HandshakeScene();

  /// Both have gathered. Now they signal.
  void begin();
  /// begin(), then until data came both ways, or the connections are over, or too long. Empty when
  /// one of these is true, or what is wrong:
  ///  - both ends heard data of each other;
  ///  - an end failed within the time for a handshake, and told why; the other one was not left
  ///    connected for longer than the bye is under way.
  std::string run();

  bool is_through() const { return heard_[0] && heard_[1]; }
  bool is_over() const {
    return left.agent().state() == ice::State::closed &&
           right.agent().state() == ice::State::closed;
  }

  /// When each end had the description of the other one.
  std::optional<Timestamp> known_at() const { return known_at_; }
  /// When each end had selected a pair for the first time; left, right.
  const std::array<std::optional<Timestamp>, 2>& selected_at() const { return selected_at_; }
  /// At either end.
  std::optional<Timestamp> first_data_at() const;
  /// Of the checks and the answers to them.
  std::size_t longest_check() const { return longest_check_; }

  World world;
  Peer left;
  Peer right;

 private:
  void on_step() override;
  void on_packet_sent(const SentPacket& packet) override;
  void on_packet_ended(std::uint64_t, Fate, std::string_view) override {}
  void send_again();
  std::array<const Peer*, 2> ends() const { return {&left, &right}; }
  std::array<Peer*, 2> ends() { return {&left, &right}; }
  std::string problem_of(std::size_t failed);

  HandshakeOptions options_;
  std::optional<Timestamp> known_at_;
  std::array<std::optional<Timestamp>, 2> selected_at_;
  std::array<std::optional<Timestamp>, 2> closed_at_;
  std::array<bool, 2> has_sent_{};
  std::array<bool, 2> heard_{};
  std::size_t longest_check_ = 0;
};

}  // namespace floe::sim
