// Keeps the policy's list of this machine's addresses as the system has it.
#pragma once

#include "address_policy.h"
#include "floe/native/local_addresses.h"

namespace floe::gateway {

class OwnAddressWatch final : private native::LocalAddressesListener {
 public:
  /// Both must outlive it.
  OwnAddressWatch(native::Loop& loop, AddressPolicy& policy)
      : policy_(policy), local_(loop, static_cast<native::LocalAddressesListener&>(*this)) {
    policy_.set_own_addresses(local_.all());
  }

 private:
  void on_local_addresses_changed() override { policy_.set_own_addresses(local_.all()); }

  AddressPolicy& policy_;
  native::LocalAddresses local_;
};

}  // namespace floe::gateway
