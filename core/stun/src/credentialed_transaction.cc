#include "floe/stun/credentialed_transaction.h"

#include <utility>

#include "floe/stun/binding_answer.h"

namespace floe::stun {
namespace {

Retransmission schedule_of(Timestamp now, const TransactionOptions& options) {
  // With one send, the last wait is the only one.
  if (options.is_reliable) return Retransmission(now, kReliableTimeout / kLastWaitRtos, 1);
  return Retransmission(now, options.rto, options.send_count_max);
}

}  // namespace

CredentialedTransaction::CredentialedTransaction(LongTermClient& client, RandomSource& random,
                                                 Method method, WriteAttributes write_attributes,
                                                 TransactionOptions options)
    : client_(client),
      random_(random),
      method_(method),
      write_attributes_(std::move(write_attributes)),
      options_(options) {}

void CredentialedTransaction::start(Timestamp now) {
  random_.fill(id_);
  flaw_ = nullptr;
  ByteVector buffer(kRequestSizeMax);
  MessageBuilder builder(buffer, Class::request, method_, id_);
  if (write_attributes_) write_attributes_(builder);
  // Section 9.2.3.1: "the first request is sent as if there were no authentication or message
  // integrity applied", since the server has not asked for it yet.
  if (client_.was_challenged()) client_.sign(builder, attempt_);
  if (options_.with_fingerprint) builder.add_fingerprint();
  const auto bytes = builder.finish();
  if (!bytes) return refuse(Refusal::too_long);
  // No longer than the request: an allocation may have a hundred that wait for their answers.
  request_.assign(bytes->begin(), bytes->end());
  schedule_ = schedule_of(now, options_);
  state_ = State::waiting;
  is_due_ = true;
}

std::optional<Bytes> CredentialedTransaction::poll_output() {
  if (!std::exchange(is_due_, false)) return std::nullopt;
  return request_;
}

Timestamp CredentialedTransaction::deadline() const {
  return schedule_ ? schedule_->deadline() : kNever;
}

void CredentialedTransaction::handle_timeout(Timestamp now) {
  if (!schedule_) return;
  switch (schedule_->handle_timeout(now)) {
    case Retransmission::Step::wait:
      return;
    case Retransmission::Step::resend:
      is_due_ = true;
      return;
    case Retransmission::Step::timed_out:
      return end(State::timed_out);
  }
}

void CredentialedTransaction::handle_response(Timestamp now, const MessageView& response) {
  const bool is_ours = schedule_ && response.is_response() && response.method() == method_ &&
                       response.transaction_id() == id_;
  if (!is_ours) return;
  switch (client_.judge(response, attempt_)) {
    case ResponseVerdict::ignored:
      // Section 9.2.5: "If the request was sent over a reliable transport, the response MUST be
      // discarded, and the layer MUST immediately end the transaction and signal that the integrity
      // protection was violated."
      if (options_.is_reliable && !attempt_.was_called_bad) end(State::timed_out);
      return;
    case ResponseVerdict::retry:
      return start(now);
    case ResponseVerdict::refused:
      return refuse(attempt_.refusal);
    case ResponseVerdict::accepted:
      break;
  }
  if (const char* const flaw = flaw_of(response)) return handle_flaw(flaw);
  end(State::answered);
}

/// Of a response that the server signed, or that came over its stream, nobody sends another
/// version. Any other may be forged: see binding_answer.h.
void CredentialedTransaction::handle_flaw(const char* flaw) {
  flaw_ = flaw;
  if (attempt_.key_number != 0 || options_.is_reliable) refuse(Refusal::not_understood);
}

std::string_view CredentialedTransaction::silence() const {
  if (flaw_) return flaw_;
  if (attempt_.was_called_bad) return "the server calls the signed request bad (400)";
  switch (attempt_.integrity) {
    case IntegrityCheck::valid:
      return "the server does not answer";
    case IntegrityCheck::absent:
      return "the server's answers are not signed";
    case IntegrityCheck::wrong:
      return "the server's answers are not signed with this password";
  }
  return "?";
}

void CredentialedTransaction::end(State state) {
  state_ = state;
  is_due_ = false;
  schedule_.reset();
}

void CredentialedTransaction::refuse(Refusal refusal) {
  attempt_.refusal = refusal;
  end(State::refused);
}

}  // namespace floe::stun
