#include "output_writer.h"

#include "conversion.h"
#include "floe/ice/explanation.h"
#include "floe/signal/message_codec.h"

namespace floe::c {
namespace {

/// Writes the kind and the member of an event; FLOE_OUTPUT_NONE for an event that a signal tells.
struct EventFields {
  const ice::Agent& agent;
  bool ended_by_peer;
  std::string_view explanation;  // of a new state; empty when there is none
  const char* text;              // the same, the peer's reason, or the server's words
  floe_output& out;

  floe_output_kind operator()(const ice::StateChanged& event) const {
    out.state.state = static_cast<std::uint32_t>(c::to_c(event.state));
    const bool by_peer = event.state == ice::State::closed && ended_by_peer;
    out.state.by_peer = by_peer ? 1 : 0;
    out.state.reason = by_peer || !explanation.empty() ? text : nullptr;
    return FLOE_OUTPUT_STATE;
  }
  floe_output_kind operator()(const ice::GatheringChanged& event) const {
    out.gathering = static_cast<std::uint32_t>(c::to_c(event.state));
    return FLOE_OUTPUT_GATHERING;
  }
  floe_output_kind operator()(const ice::LocalCandidateFound&) const { return FLOE_OUTPUT_NONE; }
  floe_output_kind operator()(const ice::LocalCandidateRemoved&) const { return FLOE_OUTPUT_NONE; }
  floe_output_kind operator()(const ice::LateSocketAdded&) const { return FLOE_OUTPUT_NONE; }
  floe_output_kind operator()(const ice::GatheringFailed& event) const {
    out.candidate_error.server = c::to_c(event.server);
    out.candidate_error.local = c::to_c(event.base);
    out.candidate_error.code = event.code;
    out.candidate_error.text = text;
    return FLOE_OUTPUT_CANDIDATE_ERROR;
  }
  floe_output_kind operator()(const ice::SelectedPairChanged& event) const {
    out.selected_pair = c::to_c(event.pair, event.component);
    return FLOE_OUTPUT_SELECTED_PAIR;
  }
  floe_output_kind operator()(const ice::DataReceived& event) const {
    out.data.data = event.payload.data();
    out.data.size = event.payload.size();
    out.data.component = event.component;
    return FLOE_OUTPUT_DATA;
  }
  floe_output_kind operator()(const ice::RoleChanged&) const {
    out.role = static_cast<std::uint32_t>(c::to_c(agent.role()));
    return FLOE_OUTPUT_ROLE;
  }
};

}  // namespace

void OutputWriter::write(const ice::Transmit& transmit, floe_output& out) {
  out.kind = FLOE_OUTPUT_TRANSMIT;
  out.transmit.local = c::to_c(transmit.local);
  out.transmit.remote = c::to_c(transmit.remote);
  out.transmit.data = transmit.payload.data();
  out.transmit.size = transmit.payload.size();
}

void OutputWriter::write(const signal::Message& message, floe_output& out) {
  text_ = write_message(message);
  out.kind = FLOE_OUTPUT_SIGNAL;
  out.signal.text = text_.c_str();
  out.signal.size = text_.size();
}

void OutputWriter::write(const signal::CandidateSkipped& skipped, floe_output& out) {
  text_ = skipped.candidate;
  text_ += '\0';
  text_ += skipped.reason;
  out.kind = FLOE_OUTPUT_CANDIDATE_SKIPPED;
  out.candidate_skipped.candidate = text_.c_str();
  out.candidate_skipped.reason = text_.c_str() + skipped.candidate.size() + 1;
}

void OutputWriter::write(const peer::Secured& secured, floe_output& out) {
  secured_ = secured;
  out.kind = FLOE_OUTPUT_SECURE;
  out.secure = c::to_c(secured_);
}

void OutputWriter::write(const peer::SecurityFailed& failed, floe_output& out) {
  text_ = failed.message;
  out.kind = FLOE_OUTPUT_INSECURE;
  out.insecure.code = to_text(failed.reason).data();  // a literal, which ends in 0
  out.insecure.text = text_.c_str();
}

void OutputWriter::write_error(floe_error code, std::string_view text, floe_output& out) {
  text_ = text;
  out.kind = FLOE_OUTPUT_ERROR;
  out.error.code = static_cast<std::uint32_t>(code);
  out.error.text = text_.c_str();
}

bool OutputWriter::write(const ice::Event& event, const ice::Agent& agent,
                         const std::string* peer_reason, floe_output& out) {
  const auto* failed = std::get_if<ice::GatheringFailed>(&event);
  const auto* changed = std::get_if<ice::StateChanged>(&event);
  const std::string explanation = changed ? ice::explain(agent, changed->state) : std::string();
  if (failed != nullptr) {
    text_ = failed->reason.view();
  } else if (!explanation.empty()) {
    text_ = explanation;
  } else if (peer_reason != nullptr) {
    text_ = *peer_reason;
  }
  const EventFields fields{agent, peer_reason != nullptr, explanation, text_.c_str(), out};
  const auto kind = std::visit([&](const auto& one) { return fields(one); }, event);
  out.kind = static_cast<std::uint32_t>(kind);
  return out.kind != FLOE_OUTPUT_NONE;
}

}  // namespace floe::c
