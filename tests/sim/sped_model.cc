#include "sped_model.h"

#include <algorithm>

#include "floe/stun/message.h"
#include "security_checker.h"

namespace floe::sim {
namespace {

const dtls::Certificate& certificate_of(std::uint64_t seed) {
  static std::map<std::uint64_t, dtls::Certificate> made;
  const auto place = made.find(seed);
  if (place != made.end()) return place->second;
  SeededRandom random(seed);
  using std::chrono::sys_days;
  using namespace std::chrono_literals;
  auto certificate =
      dtls::Certificate::generate(random, {sys_days(2000y / 1 / 1), sys_days(2100y / 1 / 1)});
  return made.emplace(seed, *certificate).first->second;
}

PeerOptions plain(ice::Role role) {
  PeerOptions options;
  options.agent.role = role;
  return options;
}

bool is_binding(Bytes message) {
  if (!stun::looks_like_stun(message)) return false;
  const bool is_request = message[0] == 0x00 && message[1] == 0x01;
  const bool is_success = message[0] == 0x01 && message[1] == 0x01;
  return is_request || is_success;
}

dtls::Options options_of(dtls::Role role, Duration round_trip) {
  return {.role = role, .mtu = 1000, .round_trip = round_trip};
}

}  // namespace

SpedModel::SpedModel(const HandshakeOptions& options)
    : options_(options),
      world_(options.seed),
      random_(options.seed),
      left_(world_, world_.add_host("left", {IpAddress::v4(192, 0, 2, 1)}, options.link(true)),
            plain(ice::Role::controlling)),
      right_(world_, world_.add_host("right", {IpAddress::v4(192, 0, 2, 2)}, options.link(false)),
             plain(ice::Role::controlled)),
      ends_{End{left_}, End{right_}} {
  // Who answers is the client; where descriptions cross, it is either of them.
  const std::size_t client = options.answers ? 1 : options.seed % 2;
  for (std::size_t i = 0; i < 2; ++i) {
    const dtls::Role role = i == client ? dtls::Role::client : dtls::Role::server;
    ends_[i].session = std::make_unique<dtls::Session>(
        certificate_of(i), options_of(role, options.round_trip), random_);
  }
  world_.add_watcher(*this);
  world_.add_packet_watcher(*this);
}

SpedModel::~SpedModel() {
  world_.remove_packet_watcher(*this);
  world_.remove_watcher(*this);
}

std::optional<Duration> SpedModel::run() {
  left_.gather();
  right_.gather();
  world_.run_for(1s);
  signal();
  tick();
  if (!world_.run_until([&] { return is_done_; }, 60s)) return std::nullopt;
  return world_.now() - *known_at_;
}

void SpedModel::signal() {
  left_.signal_to(right_, options_.signalling[0]);
  const auto describe_right = [this] { right_.signal_to(left_, options_.signalling[1]); };
  if (options_.answers) {
    world_.schedule(world_.now() + options_.signalling[0], describe_right);
  } else {
    describe_right();
  }
}

/// The handshake begins with the description of the peer, which has its fingerprint.
void SpedModel::begin_if_known(std::size_t which) {
  End& end = ends_[which];
  if (end.has_begun || !end.peer.agent().remote_credentials()) return;
  end.has_begun = true;
  if (ends_[1 - which].has_begun) known_at_ = world_.now();
  end.session->set_peer_fingerprints(world_.now(), {certificate_of(1 - which).fingerprint()});
  end.session->start(world_.now());
  collect(end);
}

void SpedModel::on_packet_sent(const SentPacket& packet) {
  if (!is_binding(packet.payload)) return;
  const std::size_t i = packet.from.starts_with("left") ? 0 : 1;
  // The first check leaves in the step in which the description comes.
  begin_if_known(i);
  End& end = ends_[i];
  if (end.flight.empty()) return;
  const ByteVector& rider = end.flight[end.next++ % end.flight.size()];
  longest_rider_ = std::max(longest_rider_, rider.size());
  riding_[packet.number] = {1 - i, rider};
}

void SpedModel::on_packet_ended(std::uint64_t number, Fate fate, std::string_view) {
  const auto place = riding_.find(number);
  if (place == riding_.end()) return;
  const auto [to, datagram] = place->second;
  if (fate == Fate::delivered) give(ends_[to], datagram);
  riding_.erase(place);
}

void SpedModel::give(End& end, Bytes datagram) {
  end.session->handle_datagram(world_.now(), datagram);
  collect(end);
}

void SpedModel::collect(End& end) {
  std::vector<ByteVector> sent;
  while (auto output = end.session->poll_output()) {
    if (auto* transmit = std::get_if<dtls::Transmit>(&*output)) {
      sent.push_back(std::move(transmit->datagram));
    } else if (std::holds_alternative<dtls::Secured>(*output)) {
      end.is_secured = true;
    } else if (std::holds_alternative<dtls::DataReceived>(*output)) {
      is_done_ = true;
    }
  }
  if (sent.empty()) return;
  end.flight = std::move(sent);
  end.next = 0;
  end.is_unsent = true;
}

void SpedModel::send_over_pair(End& end) {
  if (!end.peer.has_path()) return;
  if (std::exchange(end.is_unsent, false)) {
    for (const ByteVector& datagram : end.flight) (void)end.peer.send(as_text(datagram));
  }
  if (!end.is_secured || world_.now() - end.sent_at < 10ms) return;
  end.sent_at = world_.now();
  (void)end.session->send(world_.now(), as_bytes("data"));
  while (auto output = end.session->poll_output()) {
    if (auto* transmit = std::get_if<dtls::Transmit>(&*output)) {
      (void)end.peer.send(as_text(transmit->datagram));
    }
  }
}

void SpedModel::on_step() {
  for (std::size_t i = 0; i < 2; ++i) {
    begin_if_known(i);
    End& end = ends_[i];
    while (end.taken < end.peer.received().size()) {
      const std::string datagram = end.peer.received()[end.taken++];
      give(end, as_bytes(datagram));
    }
    if (end.peer.has_path() && end.session->deadline() <= world_.now()) {
      end.session->handle_timeout(world_.now());
      collect(end);
    }
  }
  for (End& end : ends_) send_over_pair(end);
}

void SpedModel::tick() {
  if (!is_done_) world_.schedule(world_.now() + 1ms, [this] { tick(); });
}

}  // namespace floe::sim
