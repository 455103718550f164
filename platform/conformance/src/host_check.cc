#include "floe/conformance/host_check.h"

#include "findings.h"

namespace floe::conformance {

std::vector<std::string> check_host(HostUnderTest& host) {
  Findings findings;
  check_time(host, findings);
  check_network(host, findings);
  check_secrets(host, findings);
  check_datagrams(host, findings);
  check_closing(host, findings);
  if (host.api().resolver != nullptr) check_names(host, findings);
  if (host.api().streams != nullptr) check_streams(host, findings);
  return findings.take();
}

}  // namespace floe::conformance
