#include "floe/sim/stream_path.h"

#include <algorithm>

namespace floe::sim {

StreamPath StreamPath::find(Attachment& from, const TransportAddress& source,
                            const TransportAddress& destination) {
  StreamPath path;
  path.seen_source_ = source;
  Attachment* at = &from;
  for (std::uint8_t hops = 0; hops < kHopsMax; ++hops) {
    Attachment* const next = at->network().next_hop(destination.ip);
    if (next == nullptr) {
      path.end_ = End::no_route;
      return path;
    }
    path.hops_.push_back(at);
    path.hops_.push_back(next);
    if (next->node().is_host()) return path;
    at = next->node().pass_stream(*next, path.seen_source_, destination);
    if (at == nullptr) break;
  }
  path.end_ = End::silence;
  return path;
}

bool StreamPath::is_up() const {
  return std::ranges::all_of(hops_, [](Attachment* hop) { return hop->link().is_up; });
}

Duration StreamPath::draw_delay(RandomSource& random) const {
  Duration delay{};
  for (Attachment* hop : hops_) {
    const Link& link = hop->link();
    delay += link.delay;
    if (link.jitter > 0ms) {
      delay += Duration(random.below(static_cast<std::uint32_t>(link.jitter.count()) + 1));
    }
    if (link.loss_ppm > 0 && random.below(1'000'000) < link.loss_ppm) {
      delay += kStreamRetransmission;
    }
  }
  return delay;
}

}  // namespace floe::sim
