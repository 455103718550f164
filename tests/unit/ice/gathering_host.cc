#include "ice/gathering_host.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

namespace floe::testing {

Sent GatheringHost::ask(const TransportAddress& server, const TransportAddress& base) {
  if (!gatherer.has_socket(base)) gatherer.add_socket({1, base});
  REQUIRE(gatherer.add_server(server));
  progress();
  const auto sent = take_sent();
  const auto request = std::ranges::find(sent, base, &Sent::local);
  REQUIRE(request != sent.end());
  return *request;
}

std::optional<ice::StunGatherer::Discovery> GatheringHost::receive(const ByteVector& answer,
                                                                   const TransportAddress& from,
                                                                   const TransportAddress& to) {
  const auto view = stun::MessageView::parse(answer);
  REQUIRE(view);
  const auto discovery = gatherer.handle_response(now, to, from, *view, was_ours);
  drain();
  return discovery;
}

void GatheringHost::progress() {
  gatherer.update(now);
  drain();
}

void GatheringHost::run_until(Timestamp end) {
  int turns_without_progress = 0;
  while (gatherer.deadline(now) <= end) {
    const Timestamp deadline = gatherer.deadline(now);
    turns_without_progress = deadline > now ? 0 : turns_without_progress + 1;
    REQUIRE(turns_without_progress < 3);
    now = std::max(now, deadline);
    progress();
  }
  now = end;
}

void GatheringHost::drain() {
  while (auto output = core.out.poll()) {
    if (const auto* transmit = std::get_if<ice::Transmit>(&*output)) {
      sent_.push_back({transmit->local, transmit->remote,
                       ByteVector(transmit->payload.begin(), transmit->payload.end()), now});
      continue;
    }
    const auto* failed = std::get_if<ice::GatheringFailed>(std::get_if<ice::Event>(&*output));
    REQUIRE(failed != nullptr);
    failures_.push_back(*failed);
  }
}

}  // namespace floe::testing
