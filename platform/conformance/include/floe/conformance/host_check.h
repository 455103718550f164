// Checks whether a host keeps the promises of platform/api.
//
// A port runs this in its own test program, with no framework; platform/README.md shows how.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "floe/api/host.h"

namespace floe::conformance {

/// The host that is checked, with two things that a check needs and `Host` does not offer.
class HostUnderTest {
 public:
  virtual ~HostUnderTest() = default;
  virtual Host api() = 0;
  /// Lets the host work until its own clock has gone on by `span`, or a little more.
  virtual void run_for(Duration span) = 0;
  /// An address of this host on which two of its sockets reach each other.
  virtual IpAddress address() = 0;
};

/// A sentence for each promise that the host breaks; empty when it keeps all. It opens sockets on
/// address() and sends only between them and to a closed port there. Checks of an interface that
/// the host lacks (`resolver`, `streams`) are left out. Takes 15 seconds of the host's clock at
/// most.
std::vector<std::string> check_host(HostUnderTest& host);

}  // namespace floe::conformance
