// Decides, for one socket of a client, which datagrams may pass: toward a peer only what asks for
// its consent, until the peer has given it (RFC 7675).
//
// RFC 7675, abstract: "To prevent WebRTC applications, such as browsers, from launching attacks by
// sending traffic to unwilling victims, periodic consent to send needs to be obtained from remote
// endpoints." A client that borrows a socket is such an application, and the gateway is its
// browser.
//
// Toward a peer without consent pass
//   - connectivity checks, requests of TURN, and Binding requests without credentials: within the
//     limits of gate_limits.h, and only to few new peers a minute;
//   - one answer to each request that came from there, of at most three times its bytes.
// A success response to a check that left, with integrity and from that very address, opens the
// peer for 30 s; each later one prolongs that. A response to a request of TURN opens a server for
// STUN and ChannelData.
//
// From a peer without consent pass checks and the responses to what was sent; from a peer whose
// check the client has answered with success anything, because its DTLS may be faster than its
// answer. What comes in never opens the way out.
//
// The gate knows no password. It matches transaction ids, and only the peer that got a request
// knows its id. So the keys stay with the two ends.
//
// Without I/O. Each datagram costs constant time; memory is bounded by gate_limits.h and grows with
// use. Addresses are compared as they are: use one notation.
#pragma once

#include <memory>
#include <optional>

#include "floe/consent/hash_key.h"
#include "floe/consent/scan_watch.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::consent {

enum class Verdict : std::uint8_t {
  pass,
  no_consent,  ///< the peer has not consented to this
  over_rate,   ///< it may pass, but not so often, so much, or to so many
};

class ConsentGate {
 public:
  /// `scans` is that of the client and must outlive the gate.
  ConsentGate(const HashKey& key, ScanWatch& scans);
  ~ConsentGate();

  /// A datagram from the client. When the verdict is `pass` it must be sent.
  Verdict outbound(Timestamp now, const TransportAddress& to, Bytes payload);
  /// A datagram for the client.
  Verdict inbound(Timestamp now, const TransportAddress& from, Bytes payload);

  /// How long anything may pass to a peer and from it; nothing without consent.
  std::optional<Duration> consent_left(Timestamp now, const TransportAddress& peer) const;
  /// The next peer whose consent began, was prolonged by much, or ended, once each; ask until there
  /// is none, after a datagram and at deadline().
  std::optional<TransportAddress> next_change(Timestamp now);
  Timestamp deadline() const;

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace floe::consent
