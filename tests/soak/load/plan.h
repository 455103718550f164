// What the program is to do: the words KEY=VALUE of its command line.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::soak {

/// What one client sends: `burst` datagrams at a time, of sizes between two.
struct Traffic {
  Duration every{};
  unsigned burst = 1;
  std::size_t size_min = 0;
  std::size_t size_max = 0;
};

struct Plan {
  /// Throws std::runtime_error with a sentence.
  Plan(int count, char** words);

  /// Most clients say little; a few send much, or long datagrams.
  Traffic traffic_of(std::size_t client) const;
  /// Every so many of them leave and come again.
  bool leaves(std::size_t client) const { return leaver != 0 && client % leaver == leaver / 2; }
  /// Every so many of them send to somebody who has not consented, too.
  bool is_rude(std::size_t client) const { return !only_pings && client % 50 == 20; }
  const std::string& url_of(std::size_t client) const { return urls[client % urls.size()]; }

  std::vector<std::string> urls;  ///< of the gateway: the clients in turn
  std::string tokens;             ///< a file with a token on each line: the clients in turn
  std::string ca;                 ///< PEM file of an authority for wss
  IpAddress peer_ip;              ///< of the echo peers
  std::size_t clients = 0;
  std::size_t peers = 0;
  std::size_t begin_per_s = 0;  ///< how many clients connect for the first time in a second
  std::size_t rate = 100;       ///< percent
  std::size_t leaver = 0;
  Duration stay{};          ///< how long those stay
  Duration settle{};        ///< how long they wait for what is under way before they go
  bool only_pings = false;  ///< all send little
};

}  // namespace floe::soak
