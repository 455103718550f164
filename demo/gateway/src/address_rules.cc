#include "address_rules.h"

#include <algorithm>
#include <tuple>

#include "address_class.h"

namespace floe::gateway {
namespace {

std::vector<AddressRule> sorted(std::vector<AddressRule> rules) {
  std::ranges::stable_sort(rules, {}, [](const AddressRule& rule) {
    return std::tuple(-static_cast<int>(rule.prefix.length()), rule.allows);
  });
  return rules;
}

}  // namespace

AddressRules::AddressRules(const AddressOptions& options)
    : configured_(sorted(options.rules)),
      carried_(options.nat64),
      allow_loopback_(options.allow_loopback),
      allow_private_(options.allow_private) {}

bool AddressRules::opens(const WideAddress& address) const {
  const AddressClass address_class = classify(address);
  if (address_class == AddressClass::nowhere) return false;
  if (address_class == AddressClass::loopback && !allow_loopback_) return false;
  const auto rule = std::ranges::find_if(
      configured_, [&](const AddressRule& one) { return one.prefix.contains(address); });
  if (rule != configured_.end()) return rule->allows;
  switch (address_class) {
    case AddressClass::global:
    case AddressClass::loopback:
      return true;
    case AddressClass::private_network:
      return allow_private_;
    case AddressClass::special:
    case AddressClass::nowhere:
      return false;
  }
  return false;
}

std::vector<std::string> AddressRules::to_lines() const {
  const auto line = [](bool is_open, const std::string& what) {
    return (is_open ? "open " : "closed ") + what;
  };
  std::vector<std::string> lines{
      line(false, prefixes_of(AddressClass::nowhere)),
      line(allow_loopback_, prefixes_of(AddressClass::loopback)),
  };
  for (const AddressRule& rule : configured_) {
    lines.push_back(line(rule.allows, rule.prefix.to_text()));
  }
  lines.push_back(line(false, prefixes_of(AddressClass::special)));
  lines.push_back(line(allow_private_, prefixes_of(AddressClass::private_network)));
  lines.push_back(line(true, prefixes_of(AddressClass::global)));
  return lines;
}

}  // namespace floe::gateway
