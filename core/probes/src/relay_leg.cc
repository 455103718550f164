#include "relay_leg.h"

#include <variant>

namespace floe::probes {

RelayLeg::RelayLeg(BlockingHost& host, ServerAccess& access, std::size_t way,
                   const turn::AllocationConfig& config)
    : host_(host),
      access_(access),
      way_(way),
      allocation_(config, host.api().random, host.api().crypto) {}

void RelayLeg::start() {
  started_at_ = host_.now();
  allocation_.start(started_at_);
  pump();
}

void RelayLeg::receive(Bytes bytes) {
  if (access_.is_stream()) {
    allocation_.handle_tcp_bytes(host_.now(), bytes);
  } else {
    allocation_.handle_message(host_.now(), bytes);
  }
  pump();
}

void RelayLeg::handle_timeout() {
  const std::string_view lost = access_.lost(way_);
  if (!lost.empty() && failure_.empty()) fail(turn::kNoCode, lost);
  allocation_.handle_timeout(host_.now());
  pump();
}

void RelayLeg::permit(const TransportAddress& peer, bool with_channel) {
  turn::WantedPeers wanted;
  wanted.permissions.push_back(peer.ip);
  if (with_channel) wanted.channels.push_back(peer);
  allocation_.set_wanted(host_.now(), wanted);
  pump();
}

void RelayLeg::send(const TransportAddress& peer, Bytes payload) {
  (void)allocation_.send(host_.now(), peer, payload);
  pump();
}

void RelayLeg::release() {
  allocation_.release(host_.now(), turn::ClientAllocation::Release::once);
  pump();
}

void RelayLeg::give_up() {
  const turn::AllocationFailed failed = allocation_.unanswered();
  fail(failed.code, failed.code == turn::kNoCode ? "it does not answer" : failed.reason.view());
}

void RelayLeg::pump() {
  while (const auto output = allocation_.poll_output()) handle_output(*output);
}

void RelayLeg::handle_output(const turn::AllocationOutput& output) {
  if (const auto* transmit = std::get_if<turn::Transmit>(&output)) {
    access_.send(way_, access_.server(), transmit->message);
  } else if (const auto* allocated = std::get_if<turn::Allocated>(&output)) {
    relayed_.assign(allocated->relayed.begin(), allocated->relayed.end());
    mapped_ = allocated->mapped;
    lifetime_ = allocated->lifetime;
    allocated_at_ = host_.now();
  } else if (const auto* failed = std::get_if<turn::AllocationFailed>(&output)) {
    fail(failed->code, failed->reason.view());
  } else if (const auto* lost = std::get_if<turn::AllocationLost>(&output)) {
    fail(lost->code, lost->reason.view());
  } else if (const auto* redirected = std::get_if<turn::Redirected>(&output)) {
    fail(300, "go to " + redirected->server.to_text());
  } else if (const auto* refused = std::get_if<turn::PeerRefused>(&output)) {
    fail(refused->code, "no permission for " + refused->peer.to_text());
  } else if (const auto* data = std::get_if<turn::PeerData>(&output)) {
    if (on_data) on_data(data->peer, data->payload);
  }
}

void RelayLeg::fail(std::uint16_t code, std::string_view reason) {
  if (!failure_.empty()) return;
  failure_code_ = code;
  const bool has_code = code != turn::kNoCode && code != turn::kUnusableAnswer;
  failure_ = (has_code ? std::to_string(code) + " " : std::string()) + std::string(reason);
}

}  // namespace floe::probes
