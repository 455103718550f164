// This machine as the host of a probe.
#pragma once

#include <string>

#include "floe/native/system_host.h"
#include "floe/probes/blocking_host.h"
#include "terminal.h"

namespace floe::cli {

class BlockingSystem final : public probes::BlockingHost {
 public:
  /// `tls_ca_file` has the authorities that are trusted besides those of the system.
  explicit BlockingSystem(const std::string& tls_ca_file);

  /// False, and the error printed: the system gave no descriptors.
  bool is_open(bool json);

  Host api() override { return host_.api(); }
  probes::Console& console() override { return terminal_; }
  void wait(Timestamp deadline) override;
  std::optional<IpAddress> address_towards(const TransportAddress& remote) override;

 private:
  native::SystemHost host_;
  Terminal terminal_;
};

}  // namespace floe::cli
