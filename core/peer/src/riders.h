// What of one handshake of DTLS rides in checks and in their answers (SPED,
// draft-hancke-webrtc-sped), and what may not ride any more.
//
//   flight of this end ──▶ Riders ──take()──▶ a check: one datagram, and receipts
//   a check of the peer ──▶ handle_receipts(), is_new() ──▶ DTLS
//
// The draft's list L1 is the flight, L2 the receipts. A datagram rides until the peer has it, until
// this end has another flight, or until the handshake is over. What is lost on a path rides again
// in the next check, and the other way round.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "floe/ice/check_payload.h"

namespace floe::peer {

inline namespace limits {
/// Section "MTU Considerations": the 1,200 bytes of a message "MUST be reduced by the size of the
/// expected overhead". Without USERNAME that is 108 bytes; the rest is for the two names, and for
/// the headers of a relay.
inline constexpr std::size_t kRiderSizeMax = 1000;
/// Of one flight; more than any needs. Those beyond go by the path alone.
inline constexpr std::size_t kRidersMax = 16;
/// "A cap of 4 entries is RECOMMENDED".
inline constexpr std::size_t kReceiptsMax = 4;
/// Section "Candidate-Pair Selection and Bandwidth": "approximately 14,600 bytes of outstanding
/// connectivity-check traffic; enlarged checks SHOULD remain within that budget". A check is
/// outstanding for as long as until it is sent again. An answer is none: the peer paced its check.
inline constexpr std::size_t kRidersBudget = 14'600;
inline constexpr Duration kRidersBudgetTime = std::chrono::milliseconds(500);
/// While nothing is known to have arrived, so many checks and so many answers in a row carry a
/// datagram, and then every other one: a path may be too narrow for them, and wide enough for bare
/// ones. That DTLS sends a flight again changes nothing.
inline constexpr std::uint32_t kRidesInARow = 5;
/// After the handshake: messages that still carry the last flight, or the receipt for it.
inline constexpr std::uint8_t kLastRides = 8;
}  // namespace limits

class Riders {
 public:
  /// A message of the handshake, or the change of keys that stands before the last one. Alerts and
  /// data need a path.
  static bool can_ride(Bytes datagram);

  /// What is added next is another flight, or this one in new records.
  void begin_flight() { is_complete_ = true; }
  /// A datagram of this end; only those of the handshake ride.
  void add(Bytes datagram);
  /// The handshake is over for this end. Who has sent the last flight does not know whether it has
  /// arrived.
  void settle(bool has_sent_last);

  ice::CheckRider take(Timestamp now, ice::RidesIn where);
  void handle_receipts(Bytes checksums);
  /// A datagram has arrived, in a check or by a path. False: it has been here, or it is not one of
  /// the handshake.
  bool is_new(Bytes datagram);

  /// What the peer is not known to have.
  const std::vector<ByteVector>& flight() const { return flight_; }
  /// Nothing rides any more.
  bool is_over() const { return rides_left_ == 0; }

 private:
  bool may_ride(Timestamp now, ice::RidesIn where, std::size_t size);
  bool has_budget(Timestamp now, std::size_t size);

  std::vector<ByteVector> flight_;
  std::size_t next_ = 0;
  /// Checks, and answers, since a datagram is known to have arrived. They often take turns.
  std::array<std::uint32_t, 2> turns_{};
  bool is_complete_ = true;
  std::array<std::uint8_t, 4 * kReceiptsMax> receipts_{};  // as on the wire, the latest last
  std::size_t receipts_size_ = 0;
  Timestamp budget_since_{};
  std::size_t spent_ = 0;
  std::uint8_t rides_left_ = kLastRides;
  bool is_settled_ = false;
};

}  // namespace floe::peer
