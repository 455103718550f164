// What a server keeps for an allocation that is just there.
#include "measure/figures.h"
#include "measure/other_process.h"
#include "turn/rows.h"
#include "turn/turn_client.h"

namespace floe::bench {
namespace {

/// No two clients have the same address, and few are of one network: servers do not answer
/// everybody at once who is a stranger.
TransportAddress address_of(std::int64_t client) {
  return {IpAddress::v4(127, 1, static_cast<std::uint8_t>(client / 100), 1),
          static_cast<std::uint16_t>(20'000 + client % 100)};
}

}  // namespace

void measure_allocations(const Options& options) {
  const OtherProcess server(options.number("pid", 0));
  const auto port = static_cast<std::uint16_t>(options.number("port", 3478));
  const std::int64_t count = options.number("count", 10'000);
  // The first ones make the server grow whatever it needs once.
  const std::int64_t warm = 100;
  double before = 0;
  for (std::int64_t i = 0; i < count + warm; ++i) {
    if (i == warm) before = server.resident_bytes();
    // It goes, and its allocation stays.
    TurnClient client(port, address_of(i));
    client.allocate();
  }
  Figures figures;
  figures.add("allocations", static_cast<double>(count));
  figures.add("resident_bytes", (server.resident_bytes() - before) / static_cast<double>(count));
  figures.print();
}

}  // namespace floe::bench
