// How long a call is silent when one of its ends moves: who moves, in which role, against which
// kind of peer, and how. The mover is in a network of its own, its peer in the open; both send
// every 20 ms.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "call.h"

namespace floe::sim {

/// What the peer of the mover can do, and whether both encrypt.
enum class PeerKind : std::uint8_t {
  full,
  lite,
  no_renomination,
  no_trickle,
  encrypted,       ///< a full one
  encrypted_lite,  ///< a lite one
};
inline constexpr std::array kPeerKinds = {
    PeerKind::full,       PeerKind::lite,      PeerKind::no_renomination,
    PeerKind::no_trickle, PeerKind::encrypted, PeerKind::encrypted_lite};
std::string_view to_text(PeerKind kind);
inline bool is_lite(PeerKind kind) {
  return kind == PeerKind::lite || kind == PeerKind::encrypted_lite;
}
inline bool is_encrypted(PeerKind kind) {
  return kind == PeerKind::encrypted || kind == PeerKind::encrypted_lite;
}

enum class Move : std::uint8_t {
  nat_rebinding,  ///< the NAT before the mover forgets all, and makes new mappings
  address_first,  ///< the new address comes a second before the old one goes
  address_last,   ///< the new address comes a second after the old one went
  silent_death,   ///< there are two addresses, and the link of the used one dies without a word
  /// The application is told of a better network in time: it restarts, and leaves the old one once
  /// it uses the new one.
  overlap,
};
inline constexpr std::array kMoves = {Move::nat_rebinding, Move::address_first, Move::address_last,
                                      Move::silent_death, Move::overlap};
std::string_view to_text(Move move);
/// Who tells the mover that it has moved.
std::string_view told_by(Move move);

struct OutageCase {
  ice::Role mover;
  PeerKind peer;
  Move move;
};

/// Why there is no such call; empty: there is.
std::string_view why_impossible(const OutageCase& one);

/// How long silence may be, each way: where only silence tells the mover, and where its system
/// does. An overlap is no silence at all: no datagram is lost.
Duration longest_silence(Move move);

struct Outage {
  Call::Gaps gaps{};
  std::size_t lost = 0;             ///< datagrams, both ways, since the call began
  bool are_both_connected = false;  ///< at the end
  std::size_t handshakes = 0;       ///< of DTLS, that either end began

  bool meets(Move move) const {
    return are_both_connected && gaps.longest() <= longest_silence(move) &&
           (move != Move::overlap || lost == 0);
  }
};

/// `one` is possible.
Outage measure_outage(std::uint64_t seed, const OutageCase& one);

/// All cases, and what each of them is held to.
std::string outage_table(std::uint64_t seed);

}  // namespace floe::sim
