#include "descriptor_budget.h"

#include <dirent.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>

#include "floe/native/http_server.h"
#include "floe/native/tls_terminator.h"

namespace floe::gateway {
namespace {

/// A connection of TLS has two more, between the thread that encrypts and the loop.
constexpr std::size_t kTlsExtra = 2;
/// An allocation may have relays of both families, and its client a connection.
constexpr std::size_t kAllocationCost = 3;

std::size_t limit_after_raising() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  if (limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    (void)getrlimit(RLIMIT_NOFILE, &limit);
  }
  return static_cast<std::size_t>(limit.rlim_cur);
}

std::size_t count_open() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 16;  // without /proc: more than a gateway has at its start
  std::size_t count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count - 3;  // two dots, and the folder itself
}

}  // namespace

DescriptorBudget DescriptorBudget::of_this_process(const GatewayOptions& options) {
  const std::size_t limit = limit_after_raising();
  const std::size_t open = count_open();
  return {options, limit > open ? limit - open : 0};
}

DescriptorBudget::DescriptorBudget(const GatewayOptions& options, std::size_t descriptors)
    : descriptors_(descriptors) {
  sessions_.wanted = options.sessions_max;
  sockets_.wanted = options.sockets_max;
  strangers_.wanted = options.admission.strangers.all;
  others_.wanted = native::HttpServerOptions().connections_max;
  if (options.tls.has_certificate()) handshakes_.wanted = native::TlsTerminator::kHandshakesMax;
  if (options.tls.serves_https()) {
    sessions_.cost = strangers_.cost = others_.cost = 1 + kTlsExtra;
  }
  if (options.turn.is_wanted()) {
    const std::size_t ports = options.turn.ports.last - options.turn.ports.first + 1u;
    allocations_ = {.wanted = std::min(options.turn.allocations_max, ports),
                    .cost = kAllocationCost + (options.turn.listen_tls.empty() ? 0 : kTlsExtra)};
  }
  const std::size_t kept = kReserve + (options.operating.admin ? kAdminConnections : 0) +
                           kWorkerReserve * (options.workers - 1);
  divide(descriptors > kept ? descriptors - kept : 0);
  if (std::min(sessions_.wanted, kClientsMin) <= sessions_.given) return;
  refusal_ = "the system gives " + std::to_string(descriptors) + " descriptors, of which " +
             std::to_string(kept) +
             " are kept back: that is not enough for clients. Raise the limit (ulimit -n, "
             "LimitNOFILE= of systemd).";
}

std::size_t DescriptorBudget::idle() const {
  return std::clamp<std::size_t>(others_.given / 2, 1, kIdleMax);
}

/// Equal parts; who wants less than a part leaves the rest to the others.
void DescriptorBudget::divide(std::size_t descriptors) {
  std::array<Share*, 6> shares{&sessions_, &sockets_,     &strangers_,
                               &others_,   &allocations_, &handshakes_};
  std::ranges::sort(shares, {}, [](const Share* share) { return share->wanted * share->cost; });
  std::size_t left = descriptors;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    Share& share = *shares[i];
    share.given = std::min(share.wanted, left / (shares.size() - i) / share.cost);
    left -= share.given * share.cost;
  }
}

std::string DescriptorBudget::cuts() const {
  std::string text;
  const auto add = [&](const Share& share, const char* what) {
    if (share.given == share.wanted) return;
    text += (text.empty() ? "" : ", ") + std::to_string(share.given) + " " + what + " instead of " +
            std::to_string(share.wanted);
  };
  add(sessions_, "clients");
  add(sockets_, "sockets");
  add(strangers_, "strangers");
  add(others_, "other connections");
  add(allocations_, "TURN allocations");
  add(handshakes_, "TLS handshakes");
  if (text.empty()) return text;
  return "the system gives " + std::to_string(descriptors_) +
         " descriptors (ulimit -n, LimitNOFILE= of systemd), which is enough for " + text;
}

}  // namespace floe::gateway
