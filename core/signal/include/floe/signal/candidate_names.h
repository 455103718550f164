// Names in the place of addresses, which hide these from all but the local network
// (draft-ietf-mmusic-mdns-ice-candidates). A session knows no network: it asks for what the peer's
// names stand for, and is given the names of its own addresses.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "floe/types/address.h"

namespace floe::signal {

/// A candidate of the peer has this name: look it up, then call Session::handle_name().
struct NameWanted {
  std::string name;  ///< one label and ".local", in small letters
};

struct NameResolved {
  std::string name;
  std::optional<IpAddress> address;
  std::string error;  ///< without an address: why there is none, for people
};

/// Gives the name that stands for an own address, always the same; empty when there is none.
using NameOfAddress = std::function<std::string(const IpAddress& own)>;

}  // namespace floe::signal
