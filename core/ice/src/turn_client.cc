#include "turn_client.h"

#include <algorithm>
#include <utility>

#include "floe/ice/limits.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/turn/error_codes.h"
#include "reach.h"
#include "stun_gatherer.h"

namespace floe::ice {
TurnClient::TurnClient(AgentCore& core, const List<LocalSocket>& sockets, TurnEvents& events,
                       std::size_t rank, const TurnServer& server, StreamComponent component)
    : core_(core),
      events_(events),
      five_tuple_(sockets, server, component),
      setbacks_(core, events),
      relayed_(events, rank) {}

// Sockets -----------------------------------------------------------------------------------------

void TurnClient::use_socket(const TransportAddress& base) {
  five_tuple_.set_local(five_tuple_.is_stream() ? TransportAddress() : base);
  start_over();
}

void TurnClient::remove_socket(const TransportAddress& base) {
  const bool was_used =
      five_tuple_.local() == base && !five_tuple_.is_stream() && state_ != State::over;
  if (!was_used) return;
  relayed_.withdraw();
  end();
}

// From waiting to allocated -----------------------------------------------------------------------

void TurnClient::start_over() {
  five_tuple_.restart();
  state_ = State::waiting;
}

void TurnClient::begin(Timestamp now) {
  begun_at_ = allocated_at_ = now;
  was_heard_ = false;
}

void TurnClient::connect(Timestamp now, TcpConnectionId id) {
  begin(now);
  state_ = State::connecting;
  core_.out.stream_wanted(five_tuple_.connect(id));
}

void TurnClient::allocate(Timestamp now, Duration rto) {
  begin(now);
  ask(now, rto);
}

void TurnClient::handle_tcp_connected(Timestamp now, const TransportAddress& local, Duration rto) {
  if (state_ != State::connecting) return;
  was_heard_ = true;
  five_tuple_.set_local(local);
  ask(now, rto);
}

void TurnClient::ask(Timestamp now, Duration rto) {
  turn::AllocationConfig config;
  config.transport = five_tuple_.server().transport;
  config.credentials = five_tuple_.server().credentials;
  config.rto = rto;
  state_ = State::allocating;
  allocation_ = std::make_unique<turn::ClientAllocation>(config, core_.random, core_.crypto);
  allocation_->start(now);
  drain(now);
}

// Inputs of the allocation ------------------------------------------------------------------------

void TurnClient::handle_datagram(Timestamp now, Bytes payload) {
  was_heard_ = true;
  allocation_->handle_message(now, payload);
  drain(now);
}

void TurnClient::handle_tcp_bytes(Timestamp now, Bytes bytes) {
  if (!allocation_) return;
  allocation_->handle_tcp_bytes(now, bytes);
  drain(now);
}

void TurnClient::handle_tcp_closed(Timestamp now, std::string_view reason) {
  five_tuple_.disconnect();
  if (state_ == State::allocated) return lose(now, kServerUnreachable, reason);
  if (is_pending()) return handle_failed(now, {kServerUnreachable, turn::Reason(reason)});
  end();
}

void TurnClient::handle_timeout(Timestamp now) {
  if (state_ == State::resting && now >= rests_until_) {
    if (!five_tuple_.is_stream() && !five_tuple_.use_first_socket()) return end();
    start_over();
  }
  if (allocation_ && now >= allocation_->deadline()) {
    allocation_->handle_timeout(now);
    drain(now);
  }
  const bool is_asked = is_pending() && state_ != State::waiting;
  if (is_asked && now >= given_up_at()) {
    const turn::Reason silent("TURN server did not answer");
    handle_failed(now, allocation_ ? allocation_->unanswered()
                                   : turn::AllocationFailed{turn::kNoCode, silent});
  }
}

void TurnClient::set_wanted(Timestamp now, const turn::WantedPeers& wanted) {
  if (state_ != State::allocated) return;
  allocation_->set_wanted(now, wanted);
  drain(now);
}

bool TurnClient::send(Timestamp now, const TransportAddress& peer, Bytes payload) {
  const bool taken = allocation_ && allocation_->send(now, peer, payload);
  if (allocation_) drain(now);
  return taken;
}

void TurnClient::restart(Timestamp now) {
  setbacks_.reset();
  if (state_ == State::allocated) {
    relayed_.announce(five_tuple_);
    allocation_->verify(now);
    drain(now);
  }
  if (state_ != State::over && state_ != State::resting) return;
  end_allocation();
  if (five_tuple_.is_stream() || five_tuple_.socket() != nullptr) start_over();
}

void TurnClient::release(Timestamp now) {
  relayed_.withdraw();
  if (!allocation_) return end();
  state_ = State::releasing;
  allocation_->release(now, turn::ClientAllocation::Release::answered);
  drain(now);
}

void TurnClient::close(Timestamp now) {
  if (allocation_) {
    allocation_->release(now, turn::ClientAllocation::Release::once);
    while (const auto output = allocation_->poll_output()) {
      if (const auto* out = std::get_if<turn::Transmit>(&*output)) transmit(out->message);
    }
  }
  end();
  relayed_.clear();
}

// Outputs of the allocation -----------------------------------------------------------------------

void TurnClient::drain(Timestamp now) {
  while (allocation_) {
    const auto output = allocation_->poll_output();
    if (!output) break;
    handle_output(now, *output);
  }
  const bool was_released =
      state_ == State::releasing && allocation_->state() == turn::ClientAllocation::State::ended;
  if (was_released) end();
}

void TurnClient::transmit(Bytes message) {
  if (const auto& connection = five_tuple_.connection()) {
    core_.out.stream_copy(*connection, message);
  } else {
    core_.out.transmit_copy(five_tuple_.local(), five_tuple_.remote(), message);
  }
}

void TurnClient::handle_output(Timestamp now, const turn::AllocationOutput& output) {
  if (const auto* out = std::get_if<turn::Transmit>(&output)) {
    transmit(out->message);
  } else if (const auto* data = std::get_if<turn::PeerData>(&output)) {
    // If there are two relayed addresses, the peer sent to the one of its own family.
    const auto relayed = relayed_.of(data->peer.ip.family());
    if (relayed) events_.add(RelayedData{*relayed, data->peer, data->payload});
  } else if (const auto* allocated = std::get_if<turn::Allocated>(&output)) {
    handle_allocated(now, *allocated);
  } else if (const auto* refused = std::get_if<turn::PeerRefused>(&output)) {
    const auto relayed = relayed_.of(refused->peer.family());
    if (relayed) events_.add(RelayedPeerRefused{*relayed, refused->peer, refused->code});
  } else if (const auto* redirected = std::get_if<turn::Redirected>(&output)) {
    handle_redirected(now, *redirected);
  } else if (const auto* failed = std::get_if<turn::AllocationFailed>(&output)) {
    handle_failed(now, *failed);
  } else if (const auto* lost = std::get_if<turn::AllocationLost>(&output)) {
    lose(now, lost->code, lost->reason.view());
  }
}

void TurnClient::handle_allocated(Timestamp now, const turn::Allocated& allocated) {
  state_ = State::allocated;
  allocated_at_ = now;
  relayed_.assign(allocated);
  relayed_.announce(five_tuple_);
}

void TurnClient::handle_redirected(Timestamp now, const turn::Redirected& redirected) {
  if (!five_tuple_.redirect(redirected)) {
    const turn::Reason reason("the server redirects to an address that cannot be used");
    return handle_failed(now, {stun::kTryAlternate, reason});
  }
  end_allocation();
  state_ = State::waiting;
}

/// RFC 8656, section 7.4, on 437: "The client SHOULD pick another client transport address". The
/// same is done when the server did not answer at all: another network of this host may reach it.
void TurnClient::handle_failed(Timestamp now, const turn::AllocationFailed& failed) {
  const bool is_mismatch = failed.code == turn::kAllocationMismatch;
  const bool is_stream = five_tuple_.is_stream();
  if (is_mismatch && is_stream) return lose(now, failed.code, failed.reason.view());
  setbacks_.report(five_tuple_, failed.code, failed.reason.view());
  end();
  const bool may_depend_on_socket = is_mismatch || failed.code == turn::kNoCode;
  if (!is_stream && may_depend_on_socket && five_tuple_.use_next_socket()) return start_over();
  if (RelaySetbacks::may_pass(failed.code)) rest(now);
}

// Failures ----------------------------------------------------------------------------------------

/// A server restarted, a connection broke, or credentials ran out. The allocation that replaces the
/// lost one starts without any state, over a new connection.
void TurnClient::lose(Timestamp now, std::uint16_t code, std::string_view reason) {
  relayed_.withdraw();
  if (now - allocated_at_ >= kRelayProven) setbacks_.reset();
  setbacks_.report(five_tuple_, code, reason);
  end_allocation();
  setbacks_.take_first() ? start_over() : rest(now);
}

void TurnClient::rest(Timestamp now) {
  rests_until_ = now + setbacks_.next_wait();
  state_ = State::resting;
}

void TurnClient::end_allocation() {
  if (const auto connection = five_tuple_.disconnect()) core_.out.stream_unwanted(*connection);
  if (allocation_) ended_ = std::move(allocation_);
}

// Time --------------------------------------------------------------------------------------------

Timestamp TurnClient::deadline() const {
  const Timestamp earliest = state_ == State::waiting   ? core_.pacer.next_slot()
                             : state_ == State::resting ? rests_until_
                             : is_pending()             ? given_up_at()
                                                        : kNever;
  return allocation_ ? std::min(earliest, allocation_->deadline()) : earliest;
}

Timestamp TurnClient::awaited_until(bool others_answered) const {
  // What has failed before is not awaited again: it may come late, or never.
  if (!is_pending() || setbacks_.have_failed()) return Timestamp::min();
  if (state_ == State::waiting) return kNever;
  return begun_at_ + (was_heard_ || !others_answered ? kRelayTimeout : kSilencePatience);
}

}  // namespace floe::ice
