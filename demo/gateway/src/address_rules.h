// Which addresses of peers datagrams may go to: the operator's rules, over the registries of
// special-purpose addresses.
#pragma once

#include <string>
#include <vector>

#include "address_options.h"
#include "carried_addresses.h"

namespace floe::gateway {

class AddressRules {
 public:
  explicit AddressRules(const AddressOptions& options);

  /// The verdict on what `address` is.
  bool opens(const WideAddress& address) const;
  /// The addresses that must be open as well, since it carries them.
  std::vector<WideAddress> carried_by(const WideAddress& address) const {
    return carried_.of(address);
  }
  /// The rules in the order in which they are asked, a line each.
  std::vector<std::string> to_lines() const;

 private:
  std::vector<AddressRule> configured_;  // the longest prefix first, a denial before what it denies
  CarriedAddresses carried_;
  bool allow_loopback_;
  bool allow_private_;
};

}  // namespace floe::gateway
