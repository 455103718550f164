// Examines what of a host's network works, and says what to do about the rest.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "floe/driver/server.h"
#include "floe/probes/blocking_host.h"

namespace floe::probes {

struct DoctorOptions {
  /// STUN and TURN servers, which are asked in this order; there is no default one.
  std::vector<Server> servers;
  std::optional<IpAddress> bind;  ///< empty: the address that leads to each server
};

enum class Verdict : std::uint8_t { works, doubtful, fails, skipped };

std::string_view to_text(Verdict verdict);

struct Finding {
  std::string subject;  ///< "UDP", or a server as its URI says it
  Verdict verdict;
  std::string text;  ///< what was seen, or why it fails and what to do
};

struct Diagnosis {
  std::vector<Finding> findings;
  std::string advice;  ///< one sentence or two
};

/// Each server that says nothing takes ten seconds, and a NAT that hides much takes 40.
/// `on_finding` hears of each finding as it comes.
Diagnosis examine(BlockingHost& host, const DoctorOptions& options,
                  const std::function<void(const Finding&)>& on_finding);

/// Examines and writes a line for each finding as it comes, then the advice; or one JSON object at
/// the end. The exit status: 0 when nothing fails.
int run_doctor(BlockingHost& host, const DoctorOptions& options, bool json);

}  // namespace floe::probes
