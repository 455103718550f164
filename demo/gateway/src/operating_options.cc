#include "operating_options.h"

#include <CLI/CLI.hpp>
#include <fstream>

#include "help_text.h"
#include "validators.h"

namespace floe::gateway {
namespace {

constexpr std::uint32_t kDrainSeconds = 30;

/// ADDRESS:PORT, or a port of loopback.
std::optional<TransportAddress> parse_admin(const std::string& text) {
  if (text.find_first_not_of("0123456789") == text.npos) {
    return TransportAddress::parse("127.0.0.1:" + text);
  }
  return TransportAddress::parse(text);
}

const CLI::Validator kAdminAddress(
    [](std::string& text) {
      return parse_admin(text) ? std::string()
                               : "\"" + text + "\" is neither a port nor ADDRESS:PORT";
    },
    "[ADDRESS:]PORT");

LogLevel level_of(const std::string& text) {
  for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warning}) {
    if (to_text(level) == text) return level;
  }
  return LogLevel::error;
}

}  // namespace

void OperatingArguments::add_to(CLI::App& app) {
  const std::string kOperation = "Operation";
  app.add_option("--admin", admin_, "/livez, /readyz and /metrics; a port alone is on loopback")
      ->check(kAdminAddress)
      ->group(kOperation);
  app.add_option("--drain-timeout", drain_timeout_seconds_,
                 "Seconds that clients may stay after SIGTERM [30; for development 0]")
      ->check(CLI::Range(0, 86'400))
      ->group(kOperation);
  app.add_option("--reconnect-spread", reconnect_spread_seconds_,
                 "Clients of a gateway that ends come back at moments within so many seconds")
      ->check(CLI::Range(1, 3'600))
      ->capture_default_str()
      ->group(rare(kOperation));
  app.add_option("--log-level", log_level_, "debug, info, warning or error")
      ->check(one_of_validator({"debug", "info", "warning", "error"}, "LEVEL"))
      ->capture_default_str()
      ->group(kOperation);
  app.add_option("--log-format", log_format_, "text, or json: an object on each line")
      ->check(one_of_validator({"text", "json"}, "FORMAT"))
      ->capture_default_str()
      ->group(kOperation);
  app.add_flag("-v,--verbose", verbose_, "The same as --log-level debug")->group(rare(kOperation));
  app.add_option("--secret-file", secret_file_,
                 "Lines: the secret that signs tokens, and perhaps the one before")
      ->check(CLI::ExistingFile)
      ->group("Access");
  app.add_option("--turn-secret-file", turn_secret_file_,
                 "Lines: the secret of TURN's passwords, and perhaps the one before")
      ->check(CLI::ExistingFile)
      ->group("TURN");
}

void OperatingArguments::read(OperatingOptions& options, bool insecure_dev) const {
  if (!admin_.empty()) options.admin = parse_admin(admin_);
  options.log_level = verbose_ ? LogLevel::debug : level_of(log_level_);
  options.log_format = log_format_ == "json" ? LogFormat::json : LogFormat::text;
  const std::uint32_t drain = insecure_dev ? 0 : kDrainSeconds;
  options.drain_timeout = std::chrono::seconds(drain_timeout_seconds_.value_or(drain));
  options.reconnect_spread = std::chrono::seconds(reconnect_spread_seconds_);
  options.secret_file = secret_file_;
  options.turn_secret_file = turn_secret_file_;
}

SecretFile read_secret_file(const std::string& option, const std::string& file) {
  SecretFile secrets;
  if (file.empty()) return secrets;
  std::ifstream in(file);
  std::getline(in, secrets.current);
  std::getline(in, secrets.previous);
  for (std::string* line : {&secrets.current, &secrets.previous}) {
    if (line->ends_with('\r')) line->pop_back();
  }
  if (secrets.current.empty()) secrets.mistake = option + ": " + file + " has no first line";
  return secrets;
}

}  // namespace floe::gateway
