#include "floe/turn/client_allocation.h"

#include <algorithm>

#include "allocate_attempts.h"
#include "allocation_lifetime.h"
#include "allocation_requests.h"
#include "data_path.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_answer.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/error_codes.h"
#include "floe/turn/stream_framing.h"
#include "floe/turn/understands.h"
#include "outbox.h"
#include "peer_access.h"

namespace floe::turn {
namespace {

using Purpose = AllocationRequest::Purpose;

/// After this many 400 answers in succession, to any requests, the server's state of the allocation
/// must differ from ours.
constexpr std::size_t kBadRequestsMax = 3;

constexpr std::string_view kExpired = "the allocation expired before it was refreshed";

/// The first address of each family.
List<TransportAddress> relayed_addresses(const stun::MessageView& response) {
  List<TransportAddress> relayed;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto address = response.get<XorRelayedAddress>(i);
    if (!address || !can_be_reached(address->address)) continue;
    const bool is_second_of_family =
        !relayed.empty() && relayed[0].ip.family() == address->address.ip.family();
    if (!is_second_of_family) relayed.push_back(address->address);
  }
  return relayed;
}

}  // namespace

/// The classes that an allocation is made of.
struct ClientAllocation::Parts {
  Parts(const AllocationConfig& config, RandomSource& random, Crypto& crypto,
        AllocationCounters& counters)
      : attempts(config),
        requests(config, random, crypto, out),
        data(config.transport, random, access, out, counters) {}

  AllocateAttempts attempts;
  Outbox out;
  AllocationRequests requests;
  AllocationLifetime lifetime;
  PeerAccess access;
  DataPath data;
  StreamReassembler stream;
};

ClientAllocation::ClientAllocation(const AllocationConfig& config, RandomSource& random,
                                   Crypto& crypto)
    : parts_(std::make_unique<Parts>(config, random, crypto, counters_)) {}

ClientAllocation::~ClientAllocation() = default;

// Inputs ------------------------------------------------------------------------------------------

void ClientAllocation::start(Timestamp now) {
  if (state_ != State::fresh) return;
  state_ = State::allocating;
  parts_->requests.ask(now, parts_->attempts.allocate());
  handle_answers(now);
}

void ClientAllocation::handle_message(Timestamp now, Bytes message) {
  if (state_ == State::fresh || state_ == State::ended) return;
  if (!stun::looks_like_stun(message)) {
    if (const auto data = parts_->data.read_channel_data(now, message)) events_.push_back(*data);
    return;
  }
  const auto view = stun::MessageView::parse(message, understands);
  if (!view) {
    ++counters_.malformed;
    return;
  }
  if (view->is_response()) {
    if (!parts_->requests.handle_response(now, *view)) ++counters_.unexpected;
    handle_answers(now);
    return;
  }
  const bool is_data =
      view->message_class() == stun::Class::indication && view->method() == stun::Method::data;
  if (!is_data) {
    ++counters_.unexpected;
    return;
  }
  if (const auto data = parts_->data.read_indication(now, *view)) events_.push_back(*data);
}

void ClientAllocation::handle_tcp_bytes(Timestamp now, Bytes bytes) {
  StreamReassembler& stream = parts_->stream;
  stream.append(bytes);
  while (const auto frame = stream.next()) handle_message(now, *frame);
  const bool has_ended = state_ == State::fresh || state_ == State::ended;
  if (stream.broken() && !has_ended) end(kUnusableAnswer, "the connection does not carry TURN");
}

void ClientAllocation::handle_timeout(Timestamp now) {
  if (state_ == State::allocated && parts_->lifetime.is_over(now)) {
    // The host may have slept: the server has deleted the allocation, whatever it may answer now.
    return end(kNoCode, kExpired);
  }
  do {
    parts_->requests.handle_timeout(now);
  } while (handle_answers(now));
  if (state_ != State::allocated) return;
  if (parts_->lifetime.is_refresh_due(now)) verify(now);
  ask_due(now);
  if (now >= parts_->data.keepalive_at()) parts_->data.send_keepalive(now);
}

void ClientAllocation::set_wanted(Timestamp now, const WantedPeers& wanted) {
  if (state_ != State::allocated && state_ != State::allocating) return;
  const std::uint64_t left_out = parts_->access.set_wanted(now, wanted);
  counters_.peers_left_out = std::max(counters_.peers_left_out, left_out);
  ask_due(now);
}

bool ClientAllocation::send(Timestamp now, const TransportAddress& peer, Bytes payload) {
  if (parts_->lifetime.is_over(now)) end(kNoCode, kExpired);
  if (state_ != State::allocated) {
    ++counters_.sends_dropped;
    return false;
  }
  return parts_->data.send(now, peer, payload);
}

void ClientAllocation::verify(Timestamp now) {
  if (state_ != State::allocated || parts_->lifetime.is_being_refreshed()) return;
  parts_->lifetime.refresh_is_asked();
  parts_->requests.ask(now, {.purpose = Purpose::refresh});
  handle_answers(now);
}

void ClientAllocation::release(Timestamp now, Release how) {
  AllocationRequests& requests = parts_->requests;
  const bool may_exist =
      state_ == State::allocated || (state_ == State::allocating && requests.was_challenged());
  requests.cancel_all();
  parts_->data.drop_waiting();
  parts_->access = {};
  state_ = State::ended;
  if (!may_exist) return;
  requests.ask(now, {.purpose = Purpose::release});
  if (how == Release::once) return requests.cancel_all();
  state_ = State::releasing;
  handle_answers(now);
}

// Outputs -----------------------------------------------------------------------------------------

std::optional<AllocationOutput> ClientAllocation::poll_output() {
  if (const auto message = parts_->out.poll()) return Transmit{*message};
  if (next_event_ < events_.size()) return events_[next_event_++];
  events_ = {};
  next_event_ = 0;
  return std::nullopt;
}

Timestamp ClientAllocation::deadline() const {
  const Timestamp earliest = parts_->requests.deadline();
  if (state_ != State::allocated) return earliest;
  return std::min({earliest, parts_->lifetime.deadline(), parts_->data.keepalive_at(),
                   parts_->access.deadline()});
}

bool ClientAllocation::is_permitted(Timestamp now, const TransportAddress& peer) const {
  return state_ == State::allocated && parts_->access.is_permitted(now, peer);
}

AllocationFailed ClientAllocation::unanswered() const {
  return parts_->requests.unanswered();
}

// Requests and their answers ----------------------------------------------------------------------

void ClientAllocation::ask_due(Timestamp now) {
  if (state_ != State::allocated) return;
  while (const auto request = parts_->access.next_due(now)) parts_->requests.ask(now, *request);
  handle_answers(now);
}

/// True: there was an answer.
bool ClientAllocation::handle_answers(Timestamp now) {
  bool was_any = false;
  while (const auto answer = parts_->requests.poll_answer()) {
    was_any = true;
    handle_answer(now, *answer);
  }
  return was_any;
}

void ClientAllocation::handle_answer(Timestamp now, const AllocationAnswer& answer) {
  switch (answer.request.purpose) {
    case Purpose::allocate:
      return handle_allocate_answer(now, answer);
    case Purpose::clear:
      return parts_->requests.ask(now, parts_->attempts.allocate());
    case Purpose::release:
      state_ = State::ended;
      return;
    case Purpose::refresh:
    case Purpose::permission:
    case Purpose::channel:
      break;
  }
  // Section 8.3: after 437 the client "should consider the allocation no longer exists". After 441
  // or 401 the next request would fail, too.
  // Deviation: (section 8.3) 437 alone says so. A server that answers 400 again and again does not
  // know the allocation either; some do for hours, and a new allocation is what helps.
  const bool is_gone = answer.code == kAllocationMismatch || answer.code == kWrongCredentials ||
                       answer.code == stun::kUnauthenticated ||
                       parts_->requests.bad_requests() == kBadRequestsMax;
  if (is_gone) return end(answer.code, answer.reason);
  if (answer.request.purpose == Purpose::refresh) return handle_refresh_answer(now, answer);
  handle_peer_answer(now, answer);
}

void ClientAllocation::handle_allocate_answer(Timestamp now, const AllocationAnswer& answer) {
  if (answer.is_success()) return handle_allocated(now, *answer.response);
  if (answer.response && answer.code == stun::kTryAlternate) {
    return handle_redirect(*answer.response);
  }
  const auto next = parts_->attempts.after_error(answer.code);
  if (!next) return end(answer.code, answer.reason);
  // Challenges that came before belonged to the allocation that is deleted.
  if (next->purpose == Purpose::clear) parts_->requests.forget_challenges();
  parts_->requests.ask(now, *next);
}

void ClientAllocation::handle_allocated(Timestamp now, const stun::MessageView& response) {
  relayed_ = relayed_addresses(response);
  if (relayed_.empty() || !parts_->lifetime.renew(now, response)) {
    return end(kUnusableAnswer, "the server's answer lacks a relayed address or a lifetime");
  }
  Allocated allocated{relayed_, std::nullopt, parts_->lifetime.left(now)};
  const auto mapped = stun::mapped_address(response);
  if (mapped && can_be_reached(*mapped)) allocated.mapped = *mapped;
  state_ = State::allocated;
  events_.push_back(allocated);
  ask_due(now);
}

void ClientAllocation::handle_redirect(const stun::MessageView& response) {
  const auto alternate = response.get<stun::AlternateServer>();
  if (!alternate || !can_be_reached(alternate->address)) {
    return end(stun::kTryAlternate, "the server redirects without naming another server");
  }
  const auto domain = response.get<stun::AlternateDomain>();
  state_ = State::ended;
  parts_->requests.cancel_all();
  events_.push_back(Redirected{alternate->address, domain ? domain->text : std::string_view()});
}

void ClientAllocation::handle_refresh_answer(Timestamp now, const AllocationAnswer& answer) {
  if (answer.is_success()) {
    if (parts_->lifetime.renew(now, *answer.response)) return;
    return end(kUnusableAnswer, "the server granted less than 10 seconds of lifetime");
  }
  // After an error there may still be a quarter of the lifetime.
  const bool may_try_again = answer.response && parts_->lifetime.retry(now);
  if (!may_try_again) end(answer.code, answer.reason);
}

void ClientAllocation::handle_peer_answer(Timestamp now, const AllocationAnswer& answer) {
  if (answer.is_success()) {
    parts_->access.handle_success(now, answer.request);
  } else if (parts_->access.handle_error(now, answer.request, answer.code)) {
    events_.push_back(PeerRefused{answer.request.peer.ip, answer.code});
  } else {
    return;
  }
  parts_->data.send_waiting(now);
}

void ClientAllocation::end(std::uint16_t code, std::string_view reason) {
  if (state_ == State::ended) return;
  const bool was_allocated = state_ == State::allocated;
  state_ = State::ended;
  parts_->requests.cancel_all();
  parts_->data.drop_waiting();
  if (was_allocated) {
    events_.push_back(AllocationLost{code, Reason(reason)});
  } else {
    events_.push_back(AllocationFailed{code, Reason(reason)});
  }
}

}  // namespace floe::turn
