// One allocation on a TURN server, for the command that tests the server.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "floe/turn/client_allocation.h"
#include "server_access.h"

namespace floe::probes {

/// Drives an allocation over one way of a ServerAccess, and keeps its results.
class RelayLeg {
 public:
  /// All arguments must outlive the leg.
  RelayLeg(BlockingHost& host, ServerAccess& access, std::size_t way,
           const turn::AllocationConfig& config);

  void start();
  void receive(Bytes bytes);
  void handle_timeout();
  Timestamp deadline() const { return allocation_.deadline(); }
  /// Lets data go to this address, by a channel if that is wanted.
  void permit(const TransportAddress& peer, bool with_channel);
  void send(const TransportAddress& peer, Bytes payload);
  /// Releases the allocation, without waiting for the answer.
  void release();

  bool is_settled() const { return !relayed_.empty() || !failure_.empty(); }
  /// Empty while nothing has gone wrong.
  const std::string& failure() const { return failure_; }
  std::uint16_t failure_code() const { return failure_code_; }
  /// Nobody waits any longer: the failure is what was heard until now.
  void give_up();
  const std::vector<TransportAddress>& relayed() const { return relayed_; }
  const std::optional<TransportAddress>& mapped() const { return mapped_; }
  Duration lifetime() const { return lifetime_; }
  /// The time from the first request to the answer, the server's challenge included.
  Duration allocate_time() const { return allocated_at_ - started_at_; }

  std::function<void(const TransportAddress& peer, Bytes payload)> on_data;

 private:
  void pump();
  void handle_output(const turn::AllocationOutput& output);
  void fail(std::uint16_t code, std::string_view reason);

  BlockingHost& host_;
  ServerAccess& access_;
  std::size_t way_;
  turn::ClientAllocation allocation_;
  std::vector<TransportAddress> relayed_;
  std::optional<TransportAddress> mapped_;
  Duration lifetime_{};
  Timestamp started_at_{};
  Timestamp allocated_at_{};
  std::string failure_;
  std::uint16_t failure_code_ = turn::kNoCode;
};

}  // namespace floe::probes
