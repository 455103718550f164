// The generations of one agent: the current one and, from a restart until the current one is
// connected, the previous one, whose paths carry the data (RFC 8445, section 9). Beside it, the
// other one of two generations before, or one that had no path yet, on which the peer may still
// send.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "floe/ice/output.h"
#include "generation.h"

namespace floe::ice {

/// RFC 8445, section 8.3.1: "the agent SHOULD wait an additional three seconds, and then it can
/// cease responding to checks".
inline constexpr Duration kPreviousKept = 3s;

class Generations {
 public:
  /// `core` must outlive the generations.
  explicit Generations(AgentCore& core);

  Generation& current() { return *current_; }
  const Generation& current() const { return *current_; }
  bool has_previous() const { return previous_ != nullptr; }
  /// The generation with this local username fragment, or null.
  Generation* find(std::string_view local_ufrag);

  /// New credentials. The current generation becomes the previous one if one of its components has
  /// a selected pair.
  void restart(AgentCore& core);
  void drop_previous() {
    previous_.reset();
    left_.reset();
    drop_previous_at_ = kNever;
  }

  // Inputs of both ----------------------------------------------------------------------------

  bool handle_response(Timestamp now, const Route& path, const stun::MessageView& response);
  std::optional<StreamComponent> handle_data(Timestamp now, const Route& path, std::size_t size);
  /// A Binding indication. False: it came by no selected pair.
  bool handle_keepalive(Timestamp now, const Route& path);
  std::optional<Route> route_data(Timestamp now, StreamComponent component, std::size_t size);
  /// The datagram of route_data() was not sent.
  void take_back_data(const Route& route, std::size_t size);
  void remove_base(Timestamp now, const TransportAddress& base, PairFailure why);
  void refuse_relayed_peer(Timestamp now, const RelayedPeerRefused& refused);
  void handle_timeout(Timestamp now);
  /// To be called after every input. A previous generation goes kPreviousKept after the current one
  /// is connected: until then datagrams may be under way on its pairs.
  void update(Timestamp now);
  Timestamp deadline(Timestamp now) const;
  Timestamp silence_deadline(Timestamp now, StreamComponent component) const {
    return current_->paths().silence_deadline(now, component);
  }

  // Questions ---------------------------------------------------------------------------------

  State state(Timestamp now) const;
  std::optional<SelectedPair> selected_pair(StreamComponent component) const;
  void add_wanted(const TransportAddress& relayed, turn::WantedPeers& wanted) const;
  /// There is no previous generation, and nothing can change the pairs of the current one.
  bool is_completed() const { return current_->is_completed() && !previous_; }

 private:
  std::unique_ptr<Generation> current_;  // never null
  std::unique_ptr<Generation> previous_;
  std::unique_ptr<Generation> left_;  // the other one before, for data that is under way
  Timestamp drop_previous_at_ = kNever;
};

}  // namespace floe::ice
