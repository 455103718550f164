// `floe sdp`: messages of floe.signal.1 to SDP and back, from standard input to standard output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/sdp/message_conversion.h"

namespace CLI {
class App;
}

namespace floe::cli {

struct SdpOptions {
  enum class Target : std::uint8_t { detect, sdp, messages };

  Target target = Target::detect;
  bool fragment = false;
  bool answer = false;
  std::string password;  ///< for fragments of candidates without their description
};

/// Declares the options; `options` is filled when the program's arguments are parsed.
void declare(CLI::App& app, SdpOptions& options);

class SdpCommand {
 public:
  /// More input is refused: as messages, it is far more than the largest description.
  static constexpr std::size_t kInputSizeMax = 1024 * 1024;

  explicit SdpCommand(const SdpOptions& options) : options_(options) {}

  /// Returns the exit status: 1 when the input cannot be read.
  int run();

 private:
  int write_messages(std::string_view text);
  int write_sdp(std::string_view text);
  sdp::SdpType type() const;
  /// Tells what was skipped.
  void note(const sdp::Problems& skipped);
  void note(std::string_view text);
  int fail(std::string_view text);

  SdpOptions options_;
};

}  // namespace floe::cli
