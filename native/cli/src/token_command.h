// `floe token`: a token that admits a client to a gateway.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "floe/token/claims.h"

namespace CLI {
class App;
}

namespace floe::cli {

struct TokenOptions {
  token::Claims claims;
  std::int64_t ttl_seconds = 3600;
  std::string consent;
  std::vector<std::string> allow;
};

/// Declares the options; `options` is filled when the program's arguments are parsed.
void declare(CLI::App& app, TokenOptions& options);

/// Prints the token alone. Returns the exit status.
int print_token(TokenOptions options);

}  // namespace floe::cli
