#include "stun_gatherer.h"

#include <algorithm>

#include "floe/ice/limits.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/bare_binding.h"
#include "floe/stun/binding_answer.h"
#include "reach.h"

namespace floe::ice {
namespace {

/// What is wrong with an answer to a request from `base`; null: it can be used.
///
/// RFC 8489, section 6.3.3, leaves it to the client whether it uses an address of a family that it
/// does not expect. A candidate has the family of its base here.
const char* flaw_of(const stun::BindingAnswer& answer, const TransportAddress& base) {
  if (answer.flaw || answer.error) return answer.flaw;
  if (answer.mapped->ip.family() != base.ip.family())
    return "the answer names an address of another family";
  return nullptr;
}

}  // namespace

bool StunGatherer::add_server(const TransportAddress& address) {
  const bool known = std::ranges::find(servers_, address) != servers_.end();
  if (known || !can_be_reached(address) || servers_.size() == kStunServersMax) return false;
  servers_.push_back(address);
  for (const LocalSocket& socket : sockets_) ask(servers_.size() - 1, socket.base);
  return true;
}

bool StunGatherer::has_socket(const TransportAddress& base) const {
  return socket_of(base) != nullptr;
}

const LocalSocket* StunGatherer::socket_of(const TransportAddress& base) const {
  const auto place = std::ranges::find(sockets_, base, &LocalSocket::base);
  return place == sockets_.end() ? nullptr : &*place;
}

void StunGatherer::add_socket(const LocalSocket& socket) {
  sockets_.push_back(socket);
  for (std::size_t server = 0; server < servers_.size(); ++server) ask(server, socket.base);
}

void StunGatherer::remove_socket(const TransportAddress& base) {
  sockets_.erase_if([&](const LocalSocket& socket) { return socket.base == base; });
  requests_.erase_if([&](const Request& request) { return request.base == base; });
}

void StunGatherer::ask(std::size_t server, const TransportAddress& base) {
  const TransportAddress& address = servers_[server];
  if (may_reach(base.ip, address.ip)) requests_.push_back({server, base, address});
}

void StunGatherer::restart() {
  requests_.clear();
  anything_answered_ = false;
  keeps_alive_ = true;
  for (std::size_t server = 0; server < servers_.size(); ++server) {
    for (const LocalSocket& socket : sockets_) ask(server, socket.base);
  }
}

void StunGatherer::stop_keepalives() {
  keeps_alive_ = false;
}

// Sending ---------------------------------------------------------------------------------------

void StunGatherer::update(Timestamp now) {
  for (Request& request : requests_) resend_due(now, request);
  if (!core_.pacer.slot_is_free(now)) return;
  const auto next = std::ranges::find(requests_, RequestState::unsent, &Request::state);
  if (next == requests_.end()) return;
  core_.pacer.take_slot(now);
  send(now, *next);
}

void StunGatherer::transmit(const Request& request) {
  core_.out.transmit_copy(request.base, request.target,
                          stun::write_bare_binding(stun::Class::request, request.id));
}

void StunGatherer::send(Timestamp now, Request& request) {
  core_.random.fill(request.id);
  transmit(request);
  // RFC 8445, section 14.3, while gathering: RTO = MAX (500 ms, Ta * number of requests).
  const Duration rto =
      std::max<Duration>(500ms, core_.pacer.ta() * static_cast<std::int64_t>(requests_.size()));
  request.schedule.emplace(now, rto);
  request.state = RequestState::open;
}

void StunGatherer::resend_due(Timestamp now, Request& request) {
  if (request.state == RequestState::answered && keeps_alive_ && now >= request.keepalive_at) {
    // A request, not an indication: some NATs refresh a binding only when an answer comes back.
    transmit(request);
    request.keepalive_at = now + kBindingKeepalive;
  }
  if (request.state != RequestState::open) return;
  if (now >= given_up_at(request)) {
    const char* const silent = "STUN server did not answer";
    return fail(request, kServerUnreachable, request.flaw ? request.flaw : silent);
  }
  if (request.schedule->handle_timeout(now) == stun::Retransmission::Step::resend) {
    transmit(request);
  }
}

Timestamp StunGatherer::given_up_at(const Request& request) const {
  return request.schedule->first_sent_at() + kGatherTimeout;
}

Timestamp StunGatherer::patience_ends_at(const Request& request) const {
  return request.schedule->first_sent_at() + kSilencePatience;
}

Timestamp StunGatherer::deadline(Timestamp now) const {
  Timestamp earliest = kNever;
  for (const Request& request : requests_) {
    switch (request.state) {
      case RequestState::unsent:
        earliest = std::min(earliest, core_.pacer.next_slot());
        break;
      case RequestState::open:
        earliest = std::min({earliest, request.schedule->deadline(), given_up_at(request)});
        if (anything_answered_ && now < patience_ends_at(request)) {
          earliest = std::min(earliest, patience_ends_at(request));
        }
        break;
      case RequestState::answered:
        if (keeps_alive_) earliest = std::min(earliest, request.keepalive_at);
        break;
      case RequestState::failed:
        break;
    }
  }
  return earliest;
}

bool StunGatherer::is_done(Timestamp now) const {
  return std::ranges::none_of(requests_, [&](const Request& request) {
    if (request.state == RequestState::unsent) return true;
    if (request.state != RequestState::open) return false;
    return !anything_answered_ || now < patience_ends_at(request);
  });
}

// Answers ---------------------------------------------------------------------------------------

std::optional<StunGatherer::Discovery> StunGatherer::handle_response(
    Timestamp now, const TransportAddress& base, const TransportAddress& source,
    const stun::MessageView& response, bool& is_ours) {
  const auto request = std::ranges::find_if(requests_, [&](const Request& candidate) {
    return candidate.schedule && candidate.id == response.transaction_id();
  });
  is_ours = request != requests_.end();
  if (!is_ours) return std::nullopt;
  if (source != request->target || base != request->base) {
    ++core_.counters.asymmetric_responses;
    request->flaw = "the answer came from or to another address";
    return std::nullopt;
  }
  if (request->state != RequestState::open) return std::nullopt;
  const auto answer = stun::BindingAnswer::read(response);
  if (const char* const flaw = flaw_of(answer, base)) {
    refuse(*request, flaw);
    return std::nullopt;
  }
  if (answer.error) {
    handle_error(*request, response, *answer.error);
    return std::nullopt;
  }
  request->state = RequestState::answered;
  request->keepalive_at = now + kBindingKeepalive;
  anything_answered_ = true;
  return Discovery{*socket_of(base), *answer.mapped, servers_[request->server].ip};
}

void StunGatherer::refuse(Request& request, const char* flaw) {
  ++core_.counters.malformed_messages;
  request.flaw = flaw;
}

bool StunGatherer::was_heard() const {
  return anything_answered_ || std::ranges::any_of(requests_, [](const Request& request) {
           return request.flaw != nullptr;
         });
}

void StunGatherer::handle_error(Request& request, const stun::MessageView& response,
                                const stun::ErrorCode& error) {
  if (error.code == stun::kTryAlternate && redirect(request, response)) return;
  request.flaw = "the server refused";
  fail(request, error.code, error.reason);
}

/// RFC 8489, section 10: the request is sent again, to the server that the answer names.
bool StunGatherer::redirect(Request& request, const stun::MessageView& response) {
  const auto alternate = response.get<stun::AlternateServer>();
  const bool possible =
      alternate && request.redirects < kRedirectsMax && can_be_reached(alternate->address) &&
      may_reach(request.base.ip, alternate->address.ip) && alternate->address != request.target;
  if (!possible) return false;
  ++request.redirects;
  request.target = alternate->address;
  request.state = RequestState::unsent;
  request.schedule.reset();
  return true;
}

void StunGatherer::fail(Request& request, std::uint16_t code, std::string_view reason) {
  request.state = RequestState::failed;
  core_.out.event(GatheringFailed{servers_[request.server], request.base, code,
                                  ShortText<kReasonShownMax>(reason)});
}

}  // namespace floe::ice
