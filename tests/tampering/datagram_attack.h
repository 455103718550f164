// What a gateway or a TURN server can do to the datagrams that it carries.
//
// An attack on data begins after the handshake, and spares every second datagram of each way: they
// show that the association goes on. An attack on the handshake spares nothing.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "floe/types/bytes.h"

namespace floe::tampering {

enum class DatagramAttackKind : std::uint8_t {
  change_data,     ///< one bit
  plaintext_data,  ///< all of it, by what is no record
  renumber_data,   ///< the sequence number of the record
  cut_data,        ///< the last bytes are gone
  replay_data,     ///< comes three times, and the first of all once more
  forge_data,      ///< comes with a record that the attacker has made
  change_certificate,
  change_hello,
};

/// Nothing for any other name than "change-data" and so on.
std::optional<DatagramAttackKind> parse_datagram_attack(std::string_view name);

/// On one way: the datagrams that a socket sends, or those that it receives.
class DatagramAttack {
 public:
  /// Without a kind everything passes as it is.
  explicit DatagramAttack(std::optional<DatagramAttackKind> kind) : kind_(kind) {}

  /// What goes on in place of `datagram`, in this order.
  std::vector<ByteVector> pass(Bytes datagram);

 private:
  bool concerns(Bytes datagram);

  std::optional<DatagramAttackKind> kind_;
  std::optional<ByteVector> first_;  // of the data
  bool is_spared_ = false;           // the last datagram of data was
};

}  // namespace floe::tampering
