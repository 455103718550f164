#include "generations.h"

#include <algorithm>

namespace floe::ice {

Generations::Generations(AgentCore& core)
    : current_(std::make_unique<Generation>(core, Credentials::generate(core.random))) {}

Generation* Generations::find(std::string_view local_ufrag) {
  if (current_->local().ufrag == local_ufrag) return current_.get();
  if (previous_ && previous_->local().ufrag == local_ufrag) return previous_.get();
  return nullptr;
}

void Generations::restart(AgentCore& core) {
  // RFC 8445, section 9: data goes on over the pairs that were selected before, if any were. Of two
  // generations, that with more paths is kept, and the paths that answer count first. The peer may
  // have kept the other one. Section 12.2: implementations "SHOULD by default be prepared to
  // receive data on any of the candidates".
  const std::size_t ours = current_->paths().selected().worth();
  const std::size_t older = previous_ ? previous_->paths().selected().worth() : 0;
  if (ours > 0 && ours >= older) previous_.swap(current_);
  left_ = std::move(current_);
  drop_previous_at_ = kNever;
  current_ = std::make_unique<Generation>(core, Credentials::generate(core.random));
}

// Inputs of both ----------------------------------------------------------------------------------

bool Generations::handle_response(Timestamp now, const Route& path,
                                  const stun::MessageView& response) {
  return current_->handle_response(now, path, response) ||
         (previous_ && previous_->handle_response(now, path, response));
}

std::optional<StreamComponent> Generations::handle_data(Timestamp now, const Route& path,
                                                        std::size_t size) {
  for (Generation* generation : {current_.get(), previous_.get(), left_.get()}) {
    if (generation == nullptr) continue;
    if (const auto component = generation->paths().handle_data(now, path, size)) return component;
    // The peer may be connected, and send, before its description has come to us.
    if (const auto component = generation->early_component(path)) return component;
  }
  return std::nullopt;
}

bool Generations::handle_keepalive(Timestamp now, const Route& path) {
  return current_->paths().handle_keepalive(now, path) ||
         (previous_ && previous_->paths().handle_keepalive(now, path));
}

std::optional<Route> Generations::route_data(Timestamp now, StreamComponent component,
                                             std::size_t size) {
  // RFC 8445, section 9: data goes over the pair selected before until there is a new one.
  const bool is_selected = current_->paths().find(component) != nullptr;
  if (previous_ && !is_selected) {
    if (const auto route = previous_->route_data(now, component, size)) return route;
  }
  return current_->route_data(now, component, size);
}

void Generations::take_back_data(const Route& route, std::size_t size) {
  if (previous_ && previous_->paths().take_back_data(route, size)) return;
  current_->paths().take_back_data(route, size);
}

void Generations::remove_base(Timestamp now, const TransportAddress& base, PairFailure why) {
  current_->candidates().remove_base(now, base, why);
  if (previous_) previous_->candidates().remove_base(now, base, why);
}

void Generations::refuse_relayed_peer(Timestamp now, const RelayedPeerRefused& refused) {
  current_->refuse_relayed_peer(now, refused);
  if (previous_) previous_->refuse_relayed_peer(now, refused);
}

void Generations::handle_timeout(Timestamp now) {
  current_->handle_timeout(now);
  if (previous_) previous_->handle_timeout(now);
}

void Generations::update(Timestamp now) {
  current_->update(now);
  if (previous_) previous_->update(now);
  if (!previous_ && !left_) return;
  if (!current_->is_connected()) {
    drop_previous_at_ = kNever;
  } else if (drop_previous_at_ == kNever) {
    drop_previous_at_ = now + kPreviousKept;
  } else if (now >= drop_previous_at_) {
    drop_previous();
  }
}

Timestamp Generations::deadline(Timestamp now) const {
  const Timestamp earliest = std::min(current_->deadline(now), drop_previous_at_);
  return previous_ ? std::min(earliest, previous_->deadline(now)) : earliest;
}

// Questions ---------------------------------------------------------------------------------------

State Generations::state(Timestamp now) const {
  if (current_->is_connected()) {
    if (current_->paths().selected().is_disconnected(now)) return State::disconnected;
    return current_->is_completed() ? State::completed : State::connected;
  }
  if (previous_ && previous_->is_connected()) {
    const bool is_disconnected = previous_->paths().selected().is_disconnected(now);
    return is_disconnected ? State::disconnected : State::connected;
  }
  if (current_->has_failed(now)) return State::failed;
  if (current_->paths().has_lost_path()) return State::disconnected;
  return current_->remote() && current_->has_started() ? State::checking : State::fresh;
}

std::optional<SelectedPair> Generations::selected_pair(StreamComponent component) const {
  const auto pair = current_->paths().selected_pair(component);
  return !pair && previous_ ? previous_->paths().selected_pair(component) : pair;
}

void Generations::add_wanted(const TransportAddress& relayed, turn::WantedPeers& wanted) const {
  current_->relay_demand().add_wanted(relayed, wanted);
  if (previous_) previous_->relay_demand().add_wanted(relayed, wanted);
}

}  // namespace floe::ice
