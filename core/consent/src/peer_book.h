// What a gate knows about the peers of its socket: who has consented, and until when.
//
//   unknown  --a request to it, or an answer--> without consent
//   any      --open()--------> open      anything may pass, for kConsentLasts
//   any      --relay()-------> relay     STUN and ChannelData may pass, for kRelayConsentLasts
//   open     --end_of_consent()--> relay or without consent
//
// Bounded by kPeersMax: among those without consent the oldest is forgotten first.
#pragma once

#include <optional>

#include "aged_table.h"
#include "floe/consent/gate_limits.h"
#include "rate.h"

namespace floe::consent {

struct PeerState {
  Timestamp open_until{};
  Timestamp relay_until{};
  Timestamp answered_until{};           // the client has answered a request with success
  std::optional<Timestamp> tried_at{};  // when it last counted as one more unverified peer
  Timestamp told_until{};               // the end of consent that the client knows
  Rate<kHeardPerSecond, kHeardMax> heard{};

  bool is_open(Timestamp now) const { return now < open_until; }
  bool is_relay(Timestamp now) const { return now < relay_until; }
  bool is_answered(Timestamp now) const { return now < answered_until; }
};

class PeerBook {
 public:
  explicit PeerBook(const HashKey& key) : table_(kPeersMax, key) {}

  /// Null when it is not known. Valid until another function of the book is called.
  PeerState* find(const TransportAddress& peer);
  const PeerState* find(const TransportAddress& peer) const;
  /// The peer, which is remembered from now on.
  PeerState& get(const TransportAddress& peer);

  /// A peer has consented until now + kConsentLasts. False when too many others have.
  bool open(Timestamp now, const TransportAddress& peer);
  /// A TURN server has answered.
  void open_relay(Timestamp now, const TransportAddress& server);

  /// The next peer whose consent has ended by now, once.
  std::optional<TransportAddress> end_of_consent(Timestamp now);
  /// When the next consent ends, if it is not prolonged; kNever without one.
  Timestamp deadline() const;

 private:
  // In the order in which they are forgotten.
  enum List : std::uint8_t { without, relays, opened, list_count };
  using Table = AgedTable<TransportAddress, PeerState, list_count>;

  Table::Entry& entry_of(const TransportAddress& peer);
  void make_room();

  mutable Table table_;  // a look-up remembers its place
};

}  // namespace floe::consent
