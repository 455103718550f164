#include "dtls/two_sessions.h"

#include <utility>

#include "floe/sim/seeded_random.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

using namespace dtls;

sim::SeededRandom& shared_random() {
  static sim::SeededRandom random(1);
  return random;
}

Certificate make_certificate() {
  const std::chrono::sys_seconds from{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2}};
  const auto made =
      Certificate::generate(shared_random(), {from, from + std::chrono::hours(24 * 30)});
  require(made.has_value(), "no certificate");
  return *made;
}

const Certificate& certificate_of(Role role) {
  static const Certificate client = make_certificate();
  static const Certificate server = make_certificate();
  return role == Role::client ? client : server;
}

}  // namespace

TwoSessions::TwoSessions()
    : client_(certificate_of(Role::client), {.role = Role::client}, shared_random()),
      server_(certificate_of(Role::server), {.role = Role::server}, shared_random()) {
  client_.set_peer_fingerprints(kNow, {certificate_of(Role::server).fingerprint()});
  server_.set_peer_fingerprints(kNow, {certificate_of(Role::client).fingerprint()});
}

void TwoSessions::connect() {
  server_.start(kNow);
  client_.start(kNow);
  while (hand_over(client_, server_) || hand_over(server_, client_)) {
  }
  require(client_.is_secured() && server_.is_secured(), "not secured");
}

bool TwoSessions::hand_over(Session& from, Session& to) {
  bool handed = false;
  while (auto output = from.poll_output()) {
    const auto* transmit = std::get_if<Transmit>(&*output);
    if (transmit == nullptr) continue;
    to.handle_datagram(kNow, transmit->datagram);
    handed = true;
  }
  return handed;
}

ByteVector TwoSessions::seal(Session& from, Bytes bytes) {
  require(from.send(kNow, bytes) == SendResult::sent, "not sent");
  auto output = from.poll_output();
  auto* transmit = output ? std::get_if<Transmit>(&*output) : nullptr;
  require(transmit != nullptr, "nothing to send");
  return std::move(transmit->datagram);
}

std::size_t TwoSessions::open(Session& to, Bytes datagram) {
  to.handle_datagram(kNow, datagram);
  const auto output = to.poll_output();
  const auto* data = output ? std::get_if<DataReceived>(&*output) : nullptr;
  return data == nullptr ? 0 : data->bytes.size();
}

}  // namespace floe::bench
