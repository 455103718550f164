#include "address_class.h"

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

#include "address_prefix.h"

namespace floe::gateway {
namespace {

struct Range {
  AddressPrefix prefix;
  AddressClass address_class;
};

struct Row {
  const char* prefix;
  AddressClass address_class;
};

std::span<const Row> rows() {
  using enum AddressClass;
  static constexpr Row kRows[] = {
      {"0.0.0.0/0", global},
      {"0.0.0.0/8", nowhere},  // "this network"; Linux takes 0.0.0.0 for loopback
      {"10.0.0.0/8", private_network},
      {"100.64.0.0/10", private_network},  // shared address space of providers
      {"100.100.100.200/32", special},     // metadata: Alibaba Cloud
      {"127.0.0.0/8", loopback},
      {"168.63.129.16/32", special},  // metadata and more: Azure
      {"169.254.0.0/16", special},    // link-local, and metadata of most clouds
      {"172.16.0.0/12", private_network},
      {"192.0.0.0/24", special},  // protocol assignments, and metadata: Oracle Cloud
      {"192.0.2.0/24", special},
      {"192.88.99.0/24", special},  // relays of 6to4
      {"192.168.0.0/16", private_network},
      {"198.18.0.0/15", special},  // benchmarks
      {"198.51.100.0/24", special},
      {"203.0.113.0/24", special},
      {"224.0.0.0/4", nowhere},
      {"240.0.0.0/4", special},
      {"255.255.255.255/32", nowhere},

      {"::/0", special},  // never assigned, but for 2000::/3
      {"::/128", nowhere},
      {"::1/128", loopback},
      {"64:ff9b::/96", global},  // NAT64: what it carries decides
      {"100::/64", special},     // discard
      {"2000::/3", global},
      {"2001::/23", special},  // protocol assignments, Teredo among them
      {"2001:db8::/32", special},
      {"2002::/16", special},  // 6to4: it is not known where the tunnel leads
      {"3fff::/20", special},
      {"5f00::/16", special},  // segment routing
      {"fc00::/7", private_network},
      {"fd00:ec2::/32", special},     // metadata: Amazon
      {"fd20:ce::254/128", special},  // metadata: Google
      {"fe80::/10", special},
      {"fec0::/10", special},
      {"ff00::/8", nowhere},
  };
  return kRows;
}

/// Longest prefix first, so that the first match counts.
const std::vector<Range>& ranges() {
  static const std::vector<Range> sorted = [] {
    std::vector<Range> all;
    for (const Row& row : rows()) {
      all.push_back({*AddressPrefix::parse(row.prefix), row.address_class});
    }
    std::ranges::stable_sort(all, std::greater(),
                             [](const Range& one) { return one.prefix.length(); });
    return all;
  }();
  return sorted;
}

}  // namespace

AddressClass classify(const WideAddress& address) {
  for (const Range& range : ranges()) {
    if (range.prefix.contains(address)) return range.address_class;
  }
  return AddressClass::special;
}

std::string prefixes_of(AddressClass address_class) {
  std::string text;
  for (const Row& row : rows()) {
    if (row.address_class != address_class) continue;
    if (!text.empty()) text += ' ';
    text += row.prefix;
  }
  return text;
}

}  // namespace floe::gateway
