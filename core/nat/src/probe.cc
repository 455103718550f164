#include "floe/nat/probe.h"

#include <array>

#include "floe/stun/attributes/address.h"
#include "floe/stun/binding_answer.h"
#include "floe/stun/message_builder.h"

namespace floe::nat {

Probe::Probe(Timestamp start_at, const Question& question, RandomSource& random)
    : question_(question), start_at_(start_at) {
  random.fill(id_);
  std::array<std::uint8_t, 64> buffer;
  stun::MessageBuilder builder(buffer, stun::Class::request, stun::Method::binding, id_);
  if (question_.change.change_ip || question_.change.change_port) builder.add(question_.change);
  const auto bytes = builder.finish();
  bytes_.assign(bytes->begin(), bytes->end());
}

Timestamp Probe::deadline() const {
  if (state_ == State::planned) return start_at_;
  return state_ == State::waiting ? schedule_->deadline() : kNever;
}

bool Probe::handle_timeout(Timestamp now) {
  if (is_over() || now < deadline()) return false;
  if (state_ == State::planned) {
    state_ = State::waiting;
    schedule_.emplace(now, kProbeRto, kProbeSendCount, kProbeLastWaitRtos);
    return true;
  }
  switch (schedule_->handle_timeout(now)) {
    case stun::Retransmission::Step::wait:
      return false;
    case stun::Retransmission::Step::resend:
      return true;
    case stun::Retransmission::Step::timed_out:
      state_ = State::silent;
      return false;
  }
  return false;
}

bool Probe::receive(ProbeSocket socket, const TransportAddress& from,
                    const stun::MessageView& message) {
  const bool is_ours = state_ == State::waiting && socket == question_.socket &&
                       message.is_response() && message.method() == stun::Method::binding &&
                       message.transaction_id() == id_;
  if (!is_ours) return false;
  const auto answer = stun::BindingAnswer::read(message);
  flaw_ = answer.flaw;
  if (flaw_) return false;
  answered_from_ = from;
  if (answer.error) {
    error_ = answer.error->code;
    state_ = State::refused;
  } else {
    mapped_ = *answer.mapped;
    read_success(message);
    state_ = State::answered;
  }
  return true;
}

void Probe::read_success(const stun::MessageView& message) {
  if (const auto plain = message.get<stun::MappedAddress>()) plain_mapped_ = plain->address;
  if (const auto other = message.get<stun::OtherAddress>()) {
    other_ = other->address;
  } else if (const auto changed = message.get<stun::ChangedAddress>()) {
    other_ = changed->address;
  }
}

bool Probe::is_own_request(const stun::MessageView& message) const {
  return state_ == State::waiting && message.is_request() && message.transaction_id() == id_;
}

}  // namespace floe::nat
