// What a check has found, and how long it waits for the host.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "floe/conformance/host_check.h"

namespace floe::conformance {

/// How long to wait: a host that is slow or busy must not look like a wrong one.
inline constexpr Duration kPatience = std::chrono::seconds(2);
inline constexpr Duration kStep = std::chrono::milliseconds(5);

class Findings {
 public:
  /// `promise` is a sentence about the host; it is true when `kept` is true.
  void expect(bool kept, std::string promise) {
    if (!kept) broken_.push_back(std::move(promise));
  }
  std::vector<std::string> take() { return std::move(broken_); }

 private:
  std::vector<std::string> broken_;
};

/// Whether `done` became true while the host worked.
template <class Done>
bool run_until(HostUnderTest& host, Done done, Duration patience = kPatience) {
  for (Duration waited{}; waited < patience && !done(); waited += kStep) host.run_for(kStep);
  return done();
}

void check_time(HostUnderTest& host, Findings& findings);
void check_datagrams(HostUnderTest& host, Findings& findings);
void check_closing(HostUnderTest& host, Findings& findings);
void check_network(HostUnderTest& host, Findings& findings);
void check_secrets(HostUnderTest& host, Findings& findings);
void check_names(HostUnderTest& host, Findings& findings);
void check_streams(HostUnderTest& host, Findings& findings);

}  // namespace floe::conformance
