// The options for running a gateway: its secrets' files, its administration, its log and its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "floe/api/log.h"
#include "floe/types/address.h"
#include "floe/types/time.h"

namespace CLI {
class App;
}

namespace floe::gateway {

enum class LogFormat : std::uint8_t {
  text,
  json,
};

struct OperatingOptions {
  /// Where health and metrics are; none: nowhere.
  std::optional<TransportAddress> admin;
  LogLevel log_level = LogLevel::info;
  LogFormat log_format = LogFormat::text;
  /// How long those who are there may stay after SIGTERM.
  Duration drain_timeout{};
  /// Clients are told to come back within this time, each at a moment of its own.
  Duration reconnect_spread{};
  std::string secret_file;       ///< instead of FLOE_GATEWAY_SECRET
  std::string turn_secret_file;  ///< instead of FLOE_TURN_SECRET and FLOE_TURN_SECRET_PREVIOUS
};

/// The options of the command line, as texts until they are checked.
class OperatingArguments {
 public:
  void add_to(CLI::App& app);
  /// Development ends at once unless a time is given: nobody depends on it.
  void read(OperatingOptions& options, bool insecure_dev) const;

 private:
  std::string admin_;
  std::string log_level_ = "info";
  std::string log_format_ = "text";
  bool verbose_ = false;
  std::optional<std::uint32_t> drain_timeout_seconds_;
  std::uint32_t reconnect_spread_seconds_ = 10;
  std::string secret_file_;
  std::string turn_secret_file_;
};

/// The secrets in a file: the first line is in use, the second was in use before.
struct SecretFile {
  std::string current;
  std::string previous;
  std::string mistake;  ///< empty: none
};

SecretFile read_secret_file(const std::string& option, const std::string& file);

}  // namespace floe::gateway
