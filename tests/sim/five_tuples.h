// What an observer of one agent knows of each five-tuple that the agent has used: UDP, a local and
// a remote transport address.
#pragma once

#include <array>
#include <optional>

#include "floe/sim/endpoint_key.h"
#include "floe/sim/flat_map.h"
#include "floe/stun/message.h"
#include "floe/types/time.h"

namespace floe::sim {

struct FiveTuple {
  EndpointKey local;
  EndpointKey remote;

  static FiveTuple of(const TransportAddress& local, const TransportAddress& remote) {
    return {EndpointKey::of(local), EndpointKey::of(remote)};
  }
  auto operator<=>(const FiveTuple&) const = default;
};

class FiveTupleFacts {
 public:
  bool heard() const { return heard_at_.has_value(); }
  /// The last authenticated message, or data on a path that had one.
  const std::optional<Timestamp>& heard_at() const { return heard_at_; }
  void hear(Timestamp now) { heard_at_ = now; }

  /// The last authenticated answer.
  const std::optional<Timestamp>& answered_at() const { return answered_at_; }
  void answer(Timestamp now) { answered_at_ = now; }

  /// The far end is a server that is asked without credentials, and it has answered.
  bool is_kept_binding() const { return server_answered_; }
  void ask_server() { asks_server_ = true; }
  void answer_of_server() { server_answered_ = asks_server_; }

  /// Notes a request with the id of its transaction; false if that is one of the last.
  bool begins_transaction(const stun::TransactionId& id) {
    for (const stun::TransactionId& known : recent_ids_) {
      if (known == id) return false;
    }
    recent_ids_[transactions_++ % recent_ids_.size()] = id;
    return true;
  }

  /// Notes a transaction begun at `now` without need of a slot; how many there were in the `window`
  /// that ends with it, as far as kBurstMax.
  std::size_t burst(Timestamp now, Duration window) {
    recent_begins_[begins_++ % kBurstMax] = now;
    std::size_t count = 0;
    for (const Timestamp begin : recent_begins_) count += now - begin < window ? 1u : 0u;
    return count;
  }

  static constexpr std::size_t kBurstMax = 16;

 private:
  bool asks_server_ = false;
  bool server_answered_ = false;
  std::optional<Timestamp> heard_at_;
  std::optional<Timestamp> answered_at_;
  /// An agent begins 7 on a pair and some for consent, in each of two generations; and anew when it
  /// looks again, while the former are still repeated.
  std::array<stun::TransactionId, 64> recent_ids_{};
  std::array<Timestamp, kBurstMax> recent_begins_{};
  std::uint32_t transactions_ = 0;
  std::uint32_t begins_ = 0;
};

using FiveTuples = FlatMap<FiveTuple, FiveTupleFacts>;

}  // namespace floe::sim
