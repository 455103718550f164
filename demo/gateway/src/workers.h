// The workers of a gateway besides the one in the main loop.
//
// The kernel could divide connections itself (SO_REUSEPORT), as it does for TURN. But it divides
// them by chance, and the members of a room must be in one loop: so the main loop accepts, and
// gives each tunnel to the worker that has the fewest.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "worker_thread.h"

namespace floe::gateway {

class Workers {
 public:
  /// For the thread of `loop`, which must outlive it, as `shared` and `log` must.
  Workers(native::Loop& loop, Shared& shared, LogSink& log);

  /// Starts `options.workers` less the one in the main loop. `options` are those of one worker, and
  /// TURN's addresses those that it has now. Returns a mistake; empty: all run.
  std::string start(const GatewayOptions& options);

  /// Takes a connection that begins with `first` if it asks for a tunnel and a worker has fewer
  /// than `own_load`. False: it is for the main loop.
  bool take(native::UniqueFd& connection, const TransportAddress& peer, std::string_view first,
            std::size_t own_load);
  void reload(const GatewayOptions& options);
  void drain(Duration spread);
  /// Closes all connections; `ended` is called in the main loop when that is done.
  void end(std::uint16_t code, const std::string& reason, std::function<void()> ended);
  void add_to(WorkerCounters& sum);

 private:
  void count_ended();

  Shared& shared_;
  LogSink& log_;
  native::Mailbox<WorkerThread*> ended_;  // workers that have closed all
  std::size_t running_ = 0;
  std::function<void()> all_ended_;
  std::vector<std::unique_ptr<WorkerThread>> threads_;
};

}  // namespace floe::gateway
