// The requests of an allocation, and what their answers mean (RFC 8656, sections 7 to 9 and 12).
#include <algorithm>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/client_allocation.h"
#include "floe/turn/error_codes.h"

namespace floe::turn {
namespace {

using stun::MessageBuilder;
using Step = stun::CredentialedTransaction::Step;

constexpr std::string_view kNoAnswer = "TURN server did not answer";

/// Whether peers could send there.
bool is_usable(const TransportAddress& address) {
  return address.port != 0 && !address.ip.is_any() && !address.ip.is_multicast();
}

/// One of each family, the first of it.
List<TransportAddress> relayed_addresses(const stun::MessageView& response) {
  List<TransportAddress> relayed;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto address = response.get<XorRelayedAddress>(i);
    if (!address || !is_usable(address->address)) continue;
    const bool is_second_of_family =
        !relayed.empty() && relayed[0].ip.family() == address->address.ip.family();
    if (!is_second_of_family) relayed.push_back(address->address);
  }
  return relayed;
}

}  // namespace

stun::Method ClientAllocation::method_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::allocate:
      return stun::Method::allocate;
    case Purpose::permission:
      return stun::Method::create_permission;
    case Purpose::channel:
      return stun::Method::channel_bind;
    default:
      return stun::Method::refresh;
  }
}

void ClientAllocation::write_attributes(MessageBuilder& out, Purpose purpose, Asks asks,
                                        const TransportAddress& peer, std::uint16_t channel) {
  switch (purpose) {
    case Purpose::allocate:
      out.add(RequestedTransport{});
      if (asks == Asks::both_families) out.add(AdditionalAddressFamily{Family::ipv6});
      if (asks == Asks::ipv6) out.add(RequestedAddressFamily{Family::ipv6});
      return;
    case Purpose::refresh:
      return;  // without LIFETIME: the server's default
    case Purpose::clear:
    case Purpose::release:
      out.add(Lifetime{0});
      return;
    case Purpose::channel:
      out.add(ChannelNumber{channel});
      [[fallthrough]];
    case Purpose::permission:
      out.add(XorPeerAddress{peer});
      return;
  }
}

void ClientAllocation::ask(Timestamp now, Purpose purpose, const TransportAddress& peer,
                           std::uint16_t channel) {
  auto write = [asks = asks_, purpose, peer, channel](MessageBuilder& out) {
    write_attributes(out, purpose, asks, peer, channel);
  };
  stun::TransactionOptions options;
  options.rto = config_.rto;
  options.is_reliable = is_stream(config_.transport);
  options.with_fingerprint = true;
  requests_.push_back({purpose, peer,
                       std::make_unique<stun::CredentialedTransaction>(
                           *client_, random_, method_of(purpose), std::move(write), options)});
  const std::size_t place = requests_.size() - 1;
  handle_step(now, place, requests_[place].transaction->start(now), nullptr);
}

void ClientAllocation::ask_allocate(Timestamp now) {
  ask(now, Purpose::allocate);
}

void ClientAllocation::ask_due(Timestamp now) {
  if (state_ != State::allocated) return;
  while (const auto due = channels_.next_due(now)) {
    // RFC 8656, section 12: binding "also creates or refreshes a permission toward the peer".
    permissions_.postpone(due->peer.ip, now + 2 * kRetryAfter);
    ask(now, Purpose::channel, due->peer, due->number);
  }
  while (const auto peer = permissions_.next_due(now)) {
    ask(now, Purpose::permission, TransportAddress{*peer, 0});
  }
}

void ClientAllocation::handle_response(Timestamp now, const stun::MessageView& response) {
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    if (requests_[i].transaction->id() != response.transaction_id()) continue;
    return handle_step(now, i, requests_[i].transaction->receive(now, response), &response);
  }
  ++counters_.unexpected;
}

void ClientAllocation::handle_step(Timestamp now, std::size_t place, Step step,
                                   const stun::MessageView* response) {
  if (step == Step::wait) return;
  if (step == Step::send) return transmit(now, requests_[place].transaction->request());
  const Request request = std::move(requests_[place]);
  requests_.erase(requests_.begin() + static_cast<std::ptrdiff_t>(place));
  if (step == Step::refused) {
    const auto refusal = request.transaction->refusal();
    const bool is_about_credentials =
        refusal != stun::Refusal::not_understood && refusal != stun::Refusal::too_long;
    const std::uint16_t code = is_about_credentials ? stun::kUnauthenticated : kNoCode;
    return handle_error(now, request, code, to_text(refusal));
  }
  if (step == Step::timed_out) {
    const bool was_violated = request.transaction->integrity_was_violated();
    return handle_error(now, request, kNoCode,
                        was_violated ? "its answers are not signed as they must be" : kNoAnswer);
  }
  if (response->message_class() == stun::Class::success) {
    bad_requests_ = 0;
    return handle_success(now, request, *response);
  }
  const auto error = response->get<stun::ErrorCode>();
  if (request.purpose == Purpose::allocate && error->code == stun::kTryAlternate) {
    return handle_redirect(*response);
  }
  handle_error(now, request, error->code, error->reason);
}

void ClientAllocation::handle_success(Timestamp now, const Request& request,
                                      const stun::MessageView& response) {
  switch (request.purpose) {
    case Purpose::allocate:
      return handle_allocated(now, response);
    case Purpose::clear:
      return ask_allocate(now);
    case Purpose::refresh:
      if (!take_lifetime(now, response)) end(kNoCode, "the server gave it no time");
      return;
    case Purpose::release:
      state_ = State::ended;
      return;
    case Purpose::channel:
      channels_.bound(now, request.peer);
      permissions_.granted(now, request.peer.ip);
      return flush_queue(now);
    case Purpose::permission:
      permissions_.granted(now, request.peer.ip);
      return flush_queue(now);
  }
}

void ClientAllocation::handle_error(Timestamp now, const Request& request, std::uint16_t code,
                                    std::string_view reason) {
  if (request.purpose == Purpose::allocate) return handle_allocate_error(now, code, reason);
  if (request.purpose == Purpose::clear) return ask_allocate(now);
  if (request.purpose == Purpose::release) {
    state_ = State::ended;
    return;
  }
  if (state_ != State::allocated) return;
  // Section 5: after 437 "the client ... MUST consider that the allocation is deleted"; a server
  // that says 400 again and again does not know it either, and 441 and 401 will not pass.
  if (code == stun::kBadRequest) ++bad_requests_;
  const bool is_gone = code == kAllocationMismatch || code == kWrongCredentials ||
                       code == stun::kUnauthenticated || bad_requests_ == kBadRequestsMax;
  if (is_gone || request.purpose == Purpose::refresh) {
    // Of a Refresh that failed once the allocation may still have a quarter of its time.
    const bool may_try_again = !is_gone && code != kNoCode && now + kRetryAfter < expires_at_;
    if (!may_try_again) return end(code, reason);
    refresh_at_ = now + kRetryAfter;
    return;
  }
  if (request.purpose == Purpose::channel) return channels_.failed(now, request.peer);
  // 403, and 443 for a family that the allocation has not: this peer, and no other.
  const bool is_final = code == kForbidden || code == kPeerAddressFamilyMismatch;
  if (is_final) permissions_.refused(request.peer.ip);
  if (is_final || permissions_.failed(now, request.peer.ip)) {
    events_.push_back(PeerRefused{request.peer.ip, code});
    flush_queue(now);
  }
}

void ClientAllocation::handle_allocated(Timestamp now, const stun::MessageView& response) {
  if (state_ != State::allocating) return;
  Allocated allocated;
  relayed_ = relayed_addresses(response);
  allocated.relayed = relayed_;
  if (const auto mapped = response.get<stun::XorMappedAddress>()) {
    if (is_usable(mapped->address)) allocated.mapped = mapped->address;
  }
  if (relayed_.empty() || !take_lifetime(now, response)) {
    return end(kNoCode, "the server's answer has no relayed address or no lifetime");
  }
  state_ = State::allocated;
  allocated.lifetime = expires_at_ - now;
  events_.push_back(allocated);
  ask_due(now);
}

/// Section 8: "the time-to-expiry timer ... MUST be set to the value of the LIFETIME attribute in
/// the response", not to what was asked for. False: less than kLifetimeMin, or none.
bool ClientAllocation::take_lifetime(Timestamp now, const stun::MessageView& response) {
  const auto lifetime = response.get<Lifetime>();
  if (!lifetime || std::chrono::seconds(lifetime->seconds) < kLifetimeMin) return false;
  const Duration granted = std::chrono::seconds(lifetime->seconds);
  expires_at_ = now + granted;
  // A quarter is left for what gets lost; of the usual 600 s more than a transaction takes.
  refresh_at_ = now + granted * 3 / 4;
  return true;
}

void ClientAllocation::handle_allocate_error(Timestamp now, std::uint16_t code,
                                             std::string_view reason) {
  if (state_ != State::allocating) return;
  if (code == kAllocationMismatch && !has_cleared_ && !is_stream(config_.transport)) {
    return clear_five_tuple(now);
  }
  // Section 7.4: 440 is about the family that is mandatory, so another may do. A server of RFC 5766
  // that takes the optional attribute amiss is asked without it.
  const bool is_about_family = code == kAddressFamilyNotSupported;
  const bool is_taken_amiss = code == stun::kBadRequest || code == stun::kUnknownAttribute;
  if (asks_ == Asks::both_families && (is_about_family || is_taken_amiss)) {
    asks_ = is_about_family ? Asks::ipv6 : Asks::server_default;
    return ask_allocate(now);
  }
  end(code, reason);
}

/// Deviation: (section 7.4, on 437) "The client SHOULD pick another client transport address". Over
/// UDP this one is a candidate, too, and cannot be changed: what the server still has on it, from
/// before a crash or by another host's mapping, is released first. Once; nothing of what was learnt
/// is kept, since it was the other allocation's.
void ClientAllocation::clear_five_tuple(Timestamp now) {
  has_cleared_ = true;
  client_.emplace(crypto_, config_.credentials);
  ask(now, Purpose::clear);
}

void ClientAllocation::handle_redirect(const stun::MessageView& response) {
  const auto alternate = response.get<stun::AlternateServer>();
  if (!alternate || !is_usable(alternate->address)) {
    return end(stun::kTryAlternate, "the server sends away without saying where to");
  }
  const auto domain = response.get<stun::AlternateDomain>();
  state_ = State::ended;
  requests_.clear();
  events_.push_back(Redirected{alternate->address, domain ? domain->text : std::string_view()});
}

void ClientAllocation::verify(Timestamp now) {
  const bool is_asked = refresh_at_ == kNever;
  if (state_ != State::allocated || is_asked) return;
  refresh_at_ = kNever;
  ask(now, Purpose::refresh);
}

void ClientAllocation::release(Timestamp now, Release how) {
  const bool was_signed = !client_->realm().empty();
  const bool may_exist = state_ == State::allocated || (state_ == State::allocating && was_signed);
  requests_.clear();
  queue_.clear();
  state_ = State::ended;
  if (!may_exist) return;
  state_ = State::releasing;
  ask(now, Purpose::release);
  if (how == Release::answered) return;
  requests_.clear();
  state_ = State::ended;
}

void ClientAllocation::end(std::uint16_t code, std::string_view reason) {
  const bool was_allocated = state_ == State::allocated;
  if (state_ == State::ended) return;
  state_ = State::ended;
  requests_.clear();
  queue_.clear();
  if (was_allocated) {
    events_.push_back(AllocationLost{code, Reason(reason)});
  } else {
    events_.push_back(AllocationFailed{code, Reason(reason)});
  }
}

}  // namespace floe::turn
