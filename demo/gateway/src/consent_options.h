// The options of what clients of tunnels may send to peers that have not asked for it, which the
// operator chooses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "address_prefix.h"
#include "floe/types/address.h"

namespace CLI {
class App;
}

namespace floe::gateway {

enum class ConsentPolicy : std::uint8_t {
  ice,        ///< only checks, until the peer has answered one (RFC 7675)
  any,        ///< everything to everybody: only for clients that are trusted
  allowlist,  ///< everything to the peers that the operator names, nothing to others
};

/// Peers that an operator names: all addresses that begin with the same bits, and one port or all.
class PeerRange {
 public:
  /// "198.51.100.0/24", "2001:db8::7", "198.51.100.7:3478", "[2001:db8::]/32", "[2001:db8::7]:443";
  /// nothing when it is none of these, or has bits beyond its prefix.
  static std::optional<PeerRange> parse(std::string_view text);

  bool contains(const TransportAddress& peer) const;

 private:
  PeerRange(const AddressPrefix& addresses, std::optional<std::uint16_t> port)
      : addresses_(addresses), port_(port) {}

  AddressPrefix addresses_;
  std::optional<std::uint16_t> port_;  // nothing: all
};

struct ConsentOptions {
  ConsentPolicy policy = ConsentPolicy::ice;
  std::vector<PeerRange> allowed;  ///< of ConsentPolicy::allowlist
  /// Of each client and each way; 0: no limit.
  std::uint64_t bytes_per_second_max = 0;
  std::uint64_t datagrams_per_second_max = 0;
  bool by_token = false;  ///< a token may claim more than `policy` gives

  bool allows(const TransportAddress& peer) const;
};

/// The options of the command line, as texts until they are checked.
class ConsentArguments {
 public:
  /// `app` must not parse after this object is gone.
  void add_to(CLI::App& app);
  /// Fills `options`. Returns an error text, or an empty one.
  std::string read(ConsentOptions& options) const;

 private:
  std::string policy_ = "ice";
  std::vector<std::string> allowed_;
  std::uint64_t bytes_per_second_max_ = 0;
  std::uint64_t datagrams_per_second_max_ = 0;
  bool by_token_ = false;
};

/// What an operator should know who has chosen these options; empty when there is nothing to say.
std::string warning_of(const ConsentOptions& options);

}  // namespace floe::gateway
