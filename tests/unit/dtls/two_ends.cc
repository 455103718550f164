#include "dtls/two_ends.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>

namespace floe::testing {

using namespace dtls;

const Certificate& certificate(std::uint64_t seed) {
  static std::map<std::uint64_t, Certificate> made;
  const auto known = made.find(seed);
  if (known != made.end()) return known->second;
  sim::SeededRandom random(seed);
  const std::chrono::sys_seconds from{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2}};
  auto result = Certificate::generate(random, {from, from + std::chrono::hours(24 * 30)});
  REQUIRE(result);
  return made.emplace(seed, *result).first->second;
}

TwoEnds::TwoEnds(const DtlsWorld& world)
    : client_random_(world.seed * 2), server_random_(world.seed * 2 + 1) {
  client.session = std::make_unique<Session>(certificate(1), world.client, client_random_);
  server.session = std::make_unique<Session>(certificate(2), world.server, server_random_);
  client.session->set_peer_fingerprints(now, world.client_expects);
  server.session->set_peer_fingerprints(now, world.server_expects);
}

void TwoEnds::start() {
  server.session->start(now);
  client.session->start(now);
  collect(server);
  collect(client);
}

bool TwoEnds::connect() {
  start();
  run();
  return is_secured();
}

void TwoEnds::run(Duration limit) {
  const Timestamp end = now + limit;
  for (;;) {
    const Timestamp arrival = under_way_.empty() ? kNever : under_way_.begin()->first;
    const Timestamp next =
        std::min({arrival, client.session->deadline(), server.session->deadline()});
    if (next > end) {
      if (next != kNever) now = end;
      return;
    }
    now = std::max(now, next);
    if (arrival == next) {
      deliver_next();
    } else {
      for (DtlsEnd* each : {&client, &server}) {
        each->session->handle_timeout(now);
        collect(*each);
      }
    }
  }
}

void TwoEnds::deliver_next() {
  auto [to, datagram] = std::move(under_way_.begin()->second);
  under_way_.erase(under_way_.begin());
  to->session->handle_datagram(now, datagram);
  collect(*to);
}

void TwoEnds::send(DtlsEnd& from, std::string_view text) {
  REQUIRE(from.session->send(now, as_bytes(text)) == SendResult::sent);
  collect(from);
}

void TwoEnds::collect(DtlsEnd& end) {
  while (auto output = end.session->poll_output()) {
    REQUIRE_FALSE((end.failed || end.closed_by_peer));
    if (auto* transmit = std::get_if<Transmit>(&*output)) {
      send_off(end, std::move(transmit->datagram));
    } else if (auto* secured = std::get_if<Secured>(&*output)) {
      REQUIRE_FALSE(end.secured);
      end.secured = *secured;
      end.secured_at = now;
    } else if (auto* data = std::get_if<DataReceived>(&*output)) {
      end.received.push_back(std::move(data->bytes));
    } else if (auto* failed = std::get_if<Failed>(&*output)) {
      end.failed = *failed;
    } else {
      end.closed_by_peer = true;
    }
  }
}

void TwoEnds::send_off(DtlsEnd& end, ByteVector datagram) {
  end.sent.push_back(datagram);
  const Passing passing{sent_++, &end == &client, std::move(datagram)};
  DtlsEnd& to = passing.from_client ? server : client;
  for (const Duration delay : network(passing)) {
    under_way_.emplace(now + delay, std::pair(&to, passing.bytes));
  }
}

}  // namespace floe::testing
