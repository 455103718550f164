// The generations of one agent: the current one and, from a restart until the current one is
// connected, the previous one, whose paths carry the data (RFC 8445, section 9).
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "floe/ice/output.h"
#include "generation.h"

namespace floe::ice {

class Generations {
 public:
  /// `core` must outlive the generations.
  explicit Generations(AgentCore& core);

  Generation& current() { return *current_; }
  const Generation& current() const { return *current_; }
  bool has_previous() const { return previous_ != nullptr; }
  /// The generation with this local username fragment, or null.
  Generation* find(std::string_view local_ufrag);

  /// New credentials. The current generation becomes the previous one if it is connected.
  void restart(AgentCore& core);
  void drop_previous() { previous_.reset(); }

  // Inputs of both ----------------------------------------------------------------------------

  bool handle_response(Timestamp now, const Route& path, const stun::MessageView& response);
  std::optional<StreamComponent> handle_data(Timestamp now, const Route& path, std::size_t size);
  std::optional<Route> route_data(Timestamp now, StreamComponent component, std::size_t size);
  void remove_base(Timestamp now, const TransportAddress& base, PairFailure why);
  void refuse_relayed_peer(Timestamp now, const RelayedPeerRefused& refused);
  void handle_timeout(Timestamp now);
  /// To be called after every input. A previous generation goes once the current one is connected.
  void update(Timestamp now);
  Timestamp deadline(Timestamp now) const;

  // Questions ---------------------------------------------------------------------------------

  State state(Timestamp now) const;
  std::optional<SelectedPair> selected_pair(StreamComponent component) const;
  void add_wanted(const TransportAddress& relayed, turn::WantedPeers& wanted) const;
  /// There is no previous generation, and nothing can change the pairs of the current one.
  bool is_completed() const { return current_->is_completed() && !previous_; }

 private:
  std::unique_ptr<Generation> current_;  // never null
  std::unique_ptr<Generation> previous_;
};

}  // namespace floe::ice
