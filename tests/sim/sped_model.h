// A model of SPED (draft-hancke-webrtc-sped), to tell what it would save: until an end has a valid
// pair, the datagrams of its handshake ride in its checks and in its answers to checks.
//
// The agents are real ones without encryption. Beside each is an association of DTLS, whose current
// flight goes with each Binding request and success response of this end, one datagram in each, in
// turn, and shares its fate. Once the end has a pair for data, the flight goes over it as well. As
// long as it has none, the checks alone repeat a flight, and the timer of DTLS is not asked. What
// the attribute costs is not modelled: it makes no check longer, and nothing is acknowledged.
#pragma once

#include <array>
#include <map>
#include <memory>

#include "floe/dtls/session.h"
#include "handshake_scene.h"

namespace floe::sim {

class SpedModel final : private PacketWatcher, private StepWatcher {
 public:
  /// Without its MTU.
  explicit SpedModel(const HandshakeOptions& options);
  ~SpedModel();

  /// From both descriptions to the first protected byte; empty: not within 60 s.
  std::optional<Duration> run();
  /// Of the datagrams that rode in a check or in an answer.
  std::size_t longest_rider() const { return longest_rider_; }

 private:
  struct End {
    Peer& peer;
    std::unique_ptr<dtls::Session> session{};
    bool has_begun = false;
    std::vector<ByteVector> flight{};
    std::size_t next = 0;    ///< of the flight, in the next check
    std::size_t taken = 0;   ///< of what the peer received as plain data
    bool is_unsent = false;  ///< the flight has not yet gone over a pair
    bool is_secured = false;
    Timestamp sent_at{};
  };

  void on_packet_sent(const SentPacket& packet) override;
  void on_packet_ended(std::uint64_t number, Fate fate, std::string_view place) override;
  void on_step() override;
  void signal();
  void begin_if_known(std::size_t which);
  void give(End& end, Bytes datagram);
  void collect(End& end);
  void send_over_pair(End& end);
  void tick();

  HandshakeOptions options_;
  World world_;
  SeededRandom random_;
  Peer left_;
  Peer right_;
  std::array<End, 2> ends_;
  std::map<std::uint64_t, std::pair<std::size_t, ByteVector>> riding_;  // to whom, what
  std::optional<Timestamp> known_at_;
  std::size_t longest_rider_ = 0;
  bool is_done_ = false;
};

}  // namespace floe::sim
