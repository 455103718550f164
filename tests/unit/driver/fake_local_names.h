// Names of the local network in a test's hands.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "floe/api/local_names.h"

namespace floe::testing {

class FakeLocalNames final : public LocalNames {
 public:
  std::unique_ptr<Resolution> resolve(std::string_view name, ResolveListener& listener) override {
    return std::make_unique<Lookup>(*this, name, listener);
  }
  std::string name_of(const IpAddress& own) override {
    return own.is_ipv4() ? "own-" + std::to_string(own.bytes()[3]) + ".local" : std::string();
  }

  std::vector<std::string> asked() const {
    std::vector<std::string> names;
    for (const Lookup* lookup : lookups_) names.push_back(lookup->name);
    return names;
  }
  /// To everybody who asks for `name` and has not been answered.
  void answer(const std::string& name, const std::vector<IpAddress>& ips,
              const std::string& error = {}) {
    const auto lookups = lookups_;
    for (Lookup* lookup : lookups) {
      if (std::ranges::find(lookups_, lookup) == lookups_.end() || lookup->name != name) continue;
      std::erase(lookups_, lookup);
      lookup->listener.on_resolved(ips, error);
    }
  }

 private:
  struct Lookup final : Resolution {
    Lookup(FakeLocalNames& of_owner, std::string_view of_name, ResolveListener& of_listener)
        : owner(of_owner), name(of_name), listener(of_listener) {
      owner.lookups_.push_back(this);
    }
    ~Lookup() override { std::erase(owner.lookups_, this); }

    FakeLocalNames& owner;
    std::string name;
    ResolveListener& listener;
  };

  std::vector<Lookup*> lookups_;
};

}  // namespace floe::testing
