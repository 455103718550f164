#include "workers.h"

#include <algorithm>
#include <utility>

namespace floe::gateway {
namespace {

bool asks_for_tunnel(std::string_view first) {
  return first.starts_with("GET /tunnel ") || first.starts_with("GET /tunnel?");
}

}  // namespace

Workers::Workers(native::Loop& loop, Shared& shared, LogSink& log)
    : shared_(shared), log_(log), ended_(loop, [this](WorkerThread*) { count_ended(); }) {}

std::string Workers::start(const GatewayOptions& options) {
  for (std::size_t i = 1; i < options.workers; ++i) {
    threads_.push_back(std::make_unique<WorkerThread>(options, shared_, log_));
    std::string mistake = threads_.back()->start();
    if (!mistake.empty()) return mistake;
  }
  return {};
}

bool Workers::take(native::UniqueFd& connection, const TransportAddress& peer,
                   std::string_view first, std::size_t own_load) {
  if (!asks_for_tunnel(first)) return false;
  const auto least =
      std::ranges::min_element(threads_, {}, [](const auto& thread) { return thread->load(); });
  if (least == threads_.end() || (*least)->load() >= own_load) return false;
  (*least)->take({std::move(connection), peer});
  return true;
}

void Workers::reload(const GatewayOptions& options) {
  for (const auto& thread : threads_) thread->reload(options);
}

void Workers::drain(Duration spread) {
  for (const auto& thread : threads_) thread->drain(spread);
}

void Workers::end(std::uint16_t code, const std::string& reason, std::function<void()> ended) {
  running_ = threads_.size();
  all_ended_ = std::move(ended);
  if (running_ == 0) return all_ended_();
  for (const auto& thread : threads_) {
    thread->end(code, reason, [this, worker = thread.get()] { ended_.post(worker); });
  }
}

void Workers::count_ended() {
  if (--running_ == 0) all_ended_();
}

void Workers::add_to(WorkerCounters& sum) {
  for (const auto& thread : threads_) sum.add(thread->counters());
}

}  // namespace floe::gateway
