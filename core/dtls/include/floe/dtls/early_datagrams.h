// Datagrams that came before the peer's fingerprints.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "floe/dtls/options.h"

namespace floe::dtls {

class EarlyDatagrams {
 public:
  /// False when it is too long, or one too many. The first ones are kept: a client sends them
  /// again.
  bool keep(Bytes datagram) {
    if (kept_.size() >= kKeptDatagramsMax) return false;
    if (datagram.size() > kKeptDatagramSizeMax) return false;
    kept_.emplace_back(datagram.begin(), datagram.end());
    return true;
  }

  bool has(Bytes datagram) const {
    return std::ranges::any_of(kept_,
                               [&](Bytes kept) { return std::ranges::equal(kept, datagram); });
  }

  std::vector<ByteVector> take() { return std::exchange(kept_, {}); }

 private:
  std::vector<ByteVector> kept_;
};

}  // namespace floe::dtls
