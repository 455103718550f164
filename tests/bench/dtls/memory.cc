// What a session of DTLS holds: from its first datagram to its last of the handshake, and
// afterwards.
#include <memory>
#include <vector>

#include "dtls/heap_count.h"
#include "dtls/two_sessions.h"
#include "measure/figures.h"
#include "rows.h"

namespace floe::bench {

/// Of one session: half of what a client and a server hold together. The most of the handshake is
/// more than one alone needs by what the other holds for a moment.
void measure_dtls_memory(const Options& options) {
  const std::size_t pairs = options.count("pairs", 20);
  TwoSessions().connect();  // what all share
  const auto each = [&](std::size_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(2 * pairs);
  };
  HeapCount& heap = HeapCount::get();
  const std::size_t before = heap.now;
  std::vector<std::unique_ptr<TwoSessions>> all;
  all.reserve(pairs);
  for (std::size_t i = 0; i < pairs; ++i) all.push_back(std::make_unique<TwoSessions>());
  const std::size_t made = heap.now - before;

  std::size_t most = 0;
  for (const auto& sessions : all) {
    const std::size_t alone = heap.now - made / pairs;
    heap.begin_peak();
    sessions->connect();
    most = std::max(most, heap.most - alone);
  }
  const std::size_t secured = heap.now - before;

  const ByteVector data(1200, 'x');
  for (const auto& sessions : all) {
    require(sessions->open(sessions->seal(data)) == data.size(), "nothing came");
    require(sessions->answer(data) == data.size(), "nothing came back");
  }
  Figures figures;
  figures.add("made_bytes", each(made));
  figures.add("handshake_bytes", static_cast<double>(most) / 2);
  figures.add("secured_bytes", each(secured));
  figures.add("used_bytes", each(heap.now - before));
  figures.print();
}

}  // namespace floe::bench
