// The options that say who may come in, how much one may have, and what is written of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "floe/native/strangers.h"
#include "floe/signal/room_limits.h"
#include "floe/token/limits.h"

namespace CLI {
class App;
}

namespace floe::gateway {

struct AdmissionOptions {
  std::string previous_secret;            ///< counts as well, while the secret changes
  std::vector<std::string> hosts;         ///< names of this gateway; empty: any
  bool accept_secret = false;             ///< clients may send the secret itself as their token
  std::string audience = "floe-gateway";  ///< `aud` of tokens
  std::int64_t token_age_max = token::kOpenSecondsMax;  ///< seconds, when it is first used
  native::StrangerLimits strangers;
  std::size_t sessions_per_network_max = 500;
  std::size_t sessions_per_subject_max = 20;
  signal::RoomLimits rooms;
  std::string audit_file;   ///< "-": standard output; empty: no audit log
  bool audit_full = false;  ///< addresses as they are, not hashed
};

/// The options of the command line, as texts until they are checked.
class AdmissionArguments {
 public:
  /// `app` must not parse after this object is gone.
  void add_to(CLI::App& app);
  /// Fills `options`, the previous secret from the environment included.
  void read(AdmissionOptions& options) const;

 private:
  AdmissionOptions read_;
};

/// The reason why a gateway with these options must not run; empty when it may run.
std::string refuse_admission(const AdmissionOptions& options);

}  // namespace floe::gateway
