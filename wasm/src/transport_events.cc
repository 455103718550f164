#include "transport_events.h"

#include <variant>

#include "floe/ice/candidate_grammar.h"
#include "floe/ice/explanation.h"
#include "floe/signal/message_codec.h"

namespace floe::wasm {

void TransportEvents::on_agent_event(const ice::Event& event) {
  tell_description();
  std::visit([this](const auto& one) { tell(one); }, event);
}

void TransportEvents::tell(const ice::StateChanged& changed) {
  emit(Event::transport_state)
      .u8(static_cast<std::uint8_t>(changed.state))
      .text(ice::explain(driver_.agent(), changed.state));
}

void TransportEvents::tell(const ice::GatheringChanged& changed) {
  emit(Event::transport_gathering).u8(static_cast<std::uint8_t>(changed.state));
}

void TransportEvents::tell(const ice::LocalCandidateFound& found) {
  emit(Event::transport_candidate)
      .text(ice::write_candidate_line(found.candidate))
      .text(relay_protocol(found.candidate));
}

void TransportEvents::tell(const ice::LocalCandidateRemoved& removed) {
  emit(Event::transport_candidate_removed).text(ice::write_candidate_line(removed.candidate));
}

void TransportEvents::on_gathering_error(const GatheringError& error) {
  emit(Event::transport_candidate_error)
      .text(error.url)
      .u16(error.code)
      .text(error.text)
      .text(error.base ? error.base->ip.to_text() : "")
      .u16(error.base ? error.base->port : 0);
}

void TransportEvents::tell(const ice::SelectedPairChanged& changed) {
  const auto& [local, remote] = changed.pair;
  tell_remote_candidates();
  emit(Event::transport_selected_pair, changed.component)
      .text(ice::write_candidate_line(local))
      .text(ice::write_candidate_line(remote))
      .text(relay_protocol(local));
}

/// W3C's relayProtocol of an own candidate; empty when the candidate is not relayed.
std::string_view TransportEvents::relay_protocol(const ice::Candidate& local) const {
  const bool is_relayed = local.type == ice::CandidateType::relayed;
  const auto route = is_relayed ? driver_.agent().relay_route_of(local.address) : std::nullopt;
  return route ? to_text(route->transport) : std::string_view();
}

void TransportEvents::tell(const ice::DataReceived& received) {
  emit(Event::transport_datagram, received.component).bytes(received.payload);
}

void TransportEvents::tell(const ice::RoleChanged&) {
  emit(Event::transport_role).u8(static_cast<std::uint8_t>(driver_.agent().role()));
}

void TransportEvents::tell_description() {
  const ice::Agent& agent = driver_.agent();
  const ice::Credentials& local = agent.local_credentials();
  if (local.ufrag != told_local_ufrag_) {
    emit(Event::transport_parameters).text(local.ufrag).text(local.password);
    told_local_ufrag_ = local.ufrag;
    told_remote_ufrag_.clear();
    told_remote_candidates_ = 0;
  }
  const auto remote = agent.remote_credentials();
  if (remote && remote->ufrag != told_remote_ufrag_) {
    emit(Event::transport_remote_parameters).text(remote->ufrag).text(remote->password);
    told_remote_ufrag_ = remote->ufrag;
  }
}

void TransportEvents::tell_remote_candidates() {
  const auto& candidates = driver_.agent().known_remote_candidates();
  for (; told_remote_candidates_ < candidates.size(); ++told_remote_candidates_) {
    const ice::Candidate& candidate = candidates[told_remote_candidates_];
    emit(Event::transport_remote_candidate).text(ice::write_candidate_line(candidate));
  }
}

void TransportEvents::on_message_ready(const signal::Message& message) {
  emit(Event::negotiation_message).text(signal::write_message(message));
}

void TransportEvents::on_message_error(const signal::SessionError& error) {
  tell_bad_message(signal::to_text(error));
}

void TransportEvents::tell_bad_message(std::string_view why) {
  emit(Event::negotiation_error).text("bad-message").text(why);
}

void TransportEvents::on_peer_candidate_skipped(const signal::CandidateSkipped& skipped) {
  emit(Event::negotiation_skipped).text(skipped.candidate).text(skipped.reason);
}

void TransportEvents::on_connection_secured(const peer::Secured& secured) {
  const std::optional<signal::SctpParameters>& sctp = driver_.connection().peer_channels();
  emit(Event::transport_secured)
      .text(secured.fingerprint)
      .text(secured.peer_fingerprint)
      .text(secured.words)
      .text(secured.protocol)
      .text(secured.cipher)
      .u32(static_cast<std::uint32_t>(driver_.connection().max_datagram_size(1)))
      .u32(secured.association)
      .u8(secured.is_client ? 1 : 0)
      .u16(sctp ? sctp->port : 0)
      .u32(sctp ? sctp->message_size_max : 0);
}

void TransportEvents::on_connection_insecure(const peer::SecurityFailed& failed) {
  emit(Event::transport_insecure).text(to_text(failed.reason)).text(failed.message);
}

void TransportEvents::on_peer_bye(std::string_view reason) {
  emit(Event::negotiation_bye).text(reason);
}

}  // namespace floe::wasm
