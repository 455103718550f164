// Where clients may send to and what their sockets are bound to, as the operator chooses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "address_prefix.h"
#include "port_range.h"

namespace CLI {
class App;
}

namespace floe::gateway {

/// The longest prefix that has an address decides; with equal ones, a denial.
struct AddressRule {
  AddressPrefix prefix;
  bool allows = false;
};

/// The narrowest range that has a port decides; with equal ones, a denial.
struct PortRule {
  PortRange ports;
  bool allows = false;
};

/// A program on this machine that clients may reach.
struct OwnTarget {
  IpAddress ip;
  std::uint16_t port = 0;  ///< 0: every port
};

struct AddressOptions {
  bool allow_loopback = false;  ///< development only; no rule opens it
  bool allow_private = false;   ///< 10/8, 192.168/16 and the like, where no rule says otherwise
  std::vector<AddressRule> rules = {};
  std::vector<PortRule> port_rules = {};
  std::vector<OwnTarget> own_targets = {};
  std::vector<AddressPrefix> nat64 = {};  ///< the operator's own translation prefixes
  /// The addresses that clients are told instead of those that sockets are bound to, by family.
  std::vector<IpAddress> external = {};
  PortRange ports{32768, 49151};  ///< of clients' sockets
  bool print = false;             ///< print what clients may reach, and end
};

/// The options of the command line, as texts until they are checked.
class AddressArguments {
 public:
  void add_to(CLI::App& app);
  /// Fills `options`. Returns an error text, or an empty one.
  std::string read(AddressOptions& options) const;

 private:
  void add_rare_to(CLI::App& app);

  std::vector<std::string> allow_;
  std::vector<std::string> deny_;
  std::vector<std::string> allow_port_;
  std::vector<std::string> deny_port_;
  std::vector<std::string> allow_own_;
  std::vector<std::string> nat64_;
  std::vector<std::string> external_;
  std::string ports_ = "32768-49151";
  bool allow_private_ = false;
  bool allow_loopback_ = false;
  bool print_policy_ = false;
};

/// The reason why sockets of clients must not be bound to `bind`; empty when they may.
std::string refuse_addresses(const AddressOptions& options, const std::vector<IpAddress>& bind);

}  // namespace floe::gateway
