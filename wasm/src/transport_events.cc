// What a TransportObject tells JavaScript of its agent and its session.
#include <variant>

#include "floe/ice/candidate_grammar.h"
#include "floe/signal/message_codec.h"
#include "transport_object.h"

namespace floe::wasm {

void TransportObject::on_agent_event(const ice::Event& event) {
  tell_description();
  std::visit([this](const auto& one) { tell(one); }, event);
  if (!session_) return;
  session_->handle_event(event, driver_.agent());
  tell_session();
}

void TransportObject::tell(const ice::StateChanged& changed) {
  emit(Event::transport_state).u8(static_cast<std::uint8_t>(changed.state));
}

void TransportObject::tell(const ice::GatheringChanged& changed) {
  emit(Event::transport_gathering).u8(static_cast<std::uint8_t>(changed.state));
}

void TransportObject::tell(const ice::LocalCandidateFound& found) {
  emit(Event::transport_candidate)
      .text(ice::write_candidate_line(found.candidate))
      .text(relay_protocol(found.candidate));
}

void TransportObject::tell(const ice::LocalCandidateRemoved& removed) {
  emit(Event::transport_candidate_removed).text(ice::write_candidate_line(removed.candidate));
}

void TransportObject::on_gathering_error(const GatheringError& error) {
  emit(Event::transport_candidate_error)
      .text(error.url)
      .u16(error.code)
      .text(error.text)
      .text(error.base ? error.base->ip.to_text() : "")
      .u16(error.base ? error.base->port : 0);
}

void TransportObject::tell(const ice::SelectedPairChanged& changed) {
  const auto& [local, remote] = changed.pair;
  tell_remote_candidates();
  emit(Event::transport_selected_pair, changed.component)
      .text(ice::write_candidate_line(local))
      .text(ice::write_candidate_line(remote))
      .text(relay_protocol(local));
}

/// W3C's relayProtocol, of an own candidate; empty: it is no relayed one.
std::string_view TransportObject::relay_protocol(const ice::Candidate& local) const {
  const bool is_relayed = local.type == ice::CandidateType::relayed;
  const auto route = is_relayed ? driver_.agent().relay_route_of(local.address) : std::nullopt;
  return route ? to_text(route->transport) : std::string_view();
}

void TransportObject::tell(const ice::DataReceived& received) {
  emit(Event::transport_datagram, received.component).bytes(received.payload);
}

void TransportObject::tell(const ice::RoleChanged&) {
  tell_role();
}

void TransportObject::tell_role() {
  emit(Event::transport_role).u8(static_cast<std::uint8_t>(driver_.agent().role()));
}

void TransportObject::tell_description() {
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

void TransportObject::tell_remote_candidates() {
  const auto& candidates = driver_.agent().known_remote_candidates();
  for (; told_remote_candidates_ < candidates.size(); ++told_remote_candidates_) {
    const ice::Candidate& candidate = candidates[told_remote_candidates_];
    emit(Event::transport_remote_candidate).text(ice::write_candidate_line(candidate));
  }
}

void TransportObject::negotiate(bool trickle) {
  if (session_) return;
  signal::SessionOptions options;
  options.trickle = trickle;
  session_.emplace(std::move(options), driver_.agent());
  session_->start(driver_.agent());
}

void TransportObject::receive(std::string_view text) {
  const auto parsed = signal::parse_message(text);
  if (!session_) return;
  if (!parsed) {
    // An unknown type is of a later version: no fault of the peer's.
    if (parsed.error() == signal::MessageError::unknown_type) return;
    emit(Event::negotiation_error).text("bad-message").text(signal::to_text(parsed.error()));
    return;
  }
  const std::uint64_t removals = session_->counters().removals;
  driver_.input([&](ice::Agent& agent, Timestamp now) {
    session_->receive(now, parsed->message, agent);
    tell_session();  // a bye, before the state that it causes
  });
  const auto* removed = std::get_if<signal::CandidateRemoved>(&parsed->message);
  if (removed != nullptr && session_->counters().removals > removals) {
    emit(Event::transport_remote_candidate_removed).text(removed->init.candidate);
  }
}

void TransportObject::tell_session() {
  if (!session_) return;
  if (session_->has_ended() && !bye_told_) {
    bye_told_ = true;
    emit(Event::negotiation_bye).text(session_->bye_reason());
  }
  while (const auto message = session_->poll_message()) {
    emit(Event::negotiation_message).text(signal::write_message(*message));
  }
  while (const auto error = session_->poll_error()) {
    emit(Event::negotiation_error).text("bad-message").text(signal::to_text(*error));
  }
}

}  // namespace floe::wasm
