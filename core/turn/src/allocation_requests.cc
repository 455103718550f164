#include "allocation_requests.h"

#include <algorithm>

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"

namespace floe::turn {
namespace {

using Purpose = AllocationRequest::Purpose;

stun::Method method_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::allocate:
      return stun::Method::allocate;
    case Purpose::permission:
      return stun::Method::create_permission;
    case Purpose::channel:
      return stun::Method::channel_bind;
    case Purpose::clear:
    case Purpose::refresh:
    case Purpose::release:
      return stun::Method::refresh;
  }
  return stun::Method::refresh;
}

void write_attributes(stun::MessageBuilder& out, const AllocationRequest& request) {
  switch (request.purpose) {
    case Purpose::allocate:
      out.add(RequestedTransport{});
      if (request.families == AllocatedFamilies::both) {
        out.add(AdditionalAddressFamily{Family::ipv6});
      }
      if (request.families == AllocatedFamilies::ipv6) {
        out.add(RequestedAddressFamily{Family::ipv6});
      }
      return;
    case Purpose::refresh:
      return;  // without LIFETIME: the server's default
    case Purpose::clear:
    case Purpose::release:
      out.add(Lifetime{0});
      return;
    case Purpose::channel:
      out.add(ChannelNumber{request.channel});
      [[fallthrough]];
    case Purpose::permission:
      out.add(XorPeerAddress{request.peer});
      return;
  }
}

constexpr std::string_view kSilent = "TURN server did not answer";

/// Whose fault it is: the user's, ours, or the server's.
std::uint16_t code_of(stun::Refusal refusal) {
  if (stun::is_about_credentials(refusal)) return stun::kUnauthenticated;
  return refusal == stun::Refusal::too_long ? kNoCode : kUnusableAnswer;
}

}  // namespace

AllocationRequests::AllocationRequests(const AllocationConfig& config, RandomSource& random,
                                       Crypto& crypto, Outbox& out)
    : random_(random), crypto_(crypto), out_(out), credentials_(config.credentials) {
  options_.rto = config.rto;
  options_.is_reliable = is_stream(config.transport);
  options_.with_fingerprint = true;
  forget_challenges();
}

void AllocationRequests::forget_challenges() {
  client_.emplace(crypto_, credentials_);
}

void AllocationRequests::ask(Timestamp now, const AllocationRequest& request) {
  auto write = [request](stun::MessageBuilder& out) { write_attributes(out, request); };
  auto transaction = std::make_unique<stun::CredentialedTransaction>(
      *client_, random_, method_of(request.purpose), std::move(write), options_);
  requests_.push_back({request, std::move(transaction), std::nullopt});
  Open& open = requests_.back();
  open.transaction->start(now);
  send_due(now, open);
}

void AllocationRequests::send_due(Timestamp now, Open& open) {
  if (const auto message = open.transaction->poll_output()) out_.add(now, *message);
}

bool AllocationRequests::handle_response(Timestamp now, const stun::MessageView& response) {
  const auto open = std::ranges::find_if(requests_, [&](const Open& candidate) {
    return candidate.transaction->id() == response.transaction_id();
  });
  if (open == requests_.end()) return false;
  open->transaction->handle_response(now, response);
  if (open->transaction->is_over()) open->response = response;
  send_due(now, *open);
  return true;
}

void AllocationRequests::handle_timeout(Timestamp now) {
  for (Open& open : requests_) {
    open.transaction->handle_timeout(now);
    send_due(now, open);
    if (open.transaction->is_over()) return;
  }
}

std::optional<AllocationAnswer> AllocationRequests::poll_answer() {
  const auto open = std::ranges::find_if(
      requests_, [](const Open& candidate) { return candidate.transaction->is_over(); });
  if (open == requests_.end()) return std::nullopt;
  const AllocationAnswer answer = answer_of(*open);
  requests_.erase(open);
  if (answer.is_success()) bad_requests_ = 0;
  if (answer.code == stun::kBadRequest) ++bad_requests_;
  return answer;
}

AllocationAnswer AllocationRequests::answer_of(const Open& open) {
  const stun::CredentialedTransaction& transaction = *open.transaction;
  AllocationAnswer answer{.request = open.request};
  switch (transaction.state()) {
    case stun::CredentialedTransaction::State::answered:
      answer.response = open.response;
      if (!answer.is_success()) {
        const auto error = open.response->get<stun::ErrorCode>();
        answer.code = error->code;
        answer.reason = error->reason;
      }
      break;
    case stun::CredentialedTransaction::State::refused:
      answer.code = code_of(transaction.refusal());
      answer.reason = to_text(transaction.refusal());
      break;
    case stun::CredentialedTransaction::State::timed_out:
      answer.code = transaction.was_heard() ? kUnusableAnswer : kNoCode;
      answer.reason = transaction.was_heard() ? transaction.silence() : kSilent;
      break;
    case stun::CredentialedTransaction::State::fresh:
    case stun::CredentialedTransaction::State::waiting:
      break;
  }
  return answer;
}

AllocationFailed AllocationRequests::unanswered() const {
  for (const Open& open : requests_) {
    if (!open.transaction->was_heard()) continue;
    return {kUnusableAnswer, Reason(open.transaction->silence())};
  }
  return {kNoCode, Reason(kSilent)};
}

Timestamp AllocationRequests::deadline() const {
  Timestamp earliest = kNever;
  for (const Open& open : requests_) earliest = std::min(earliest, open.transaction->deadline());
  return earliest;
}

}  // namespace floe::turn
