#include "token_command.h"

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/native/system_random.h"
#include "floe/token/limits.h"
#include "floe/types/hex.h"

namespace floe::cli {
namespace {

std::int64_t unix_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

std::string draw_id() {
  native::SystemRandom random;
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return to_hex(bytes);
}

int fail(const std::string& text) {
  std::fprintf(stderr, "floe token: %s\n", text.c_str());
  return 2;
}

}  // namespace

void declare(CLI::App& app, TokenOptions& options) {
  token::Grant& grant = options.claims.grant;
  app.footer("The secret is read from FLOE_GATEWAY_SECRET, as the gateway reads it.");
  app.add_option("--room", grant.rooms, "A room that it admits to; '*' for all (default: none)");
  app.add_option("--ttl", options.ttl_seconds, "Seconds until it, and what it opened, ends")
      ->check(CLI::Range(std::int64_t{1}, token::kSessionSecondsMax))
      ->capture_default_str();
  app.add_option("--subject", grant.subject, "Whose it is: quotas and the audit log count by it");
  app.add_option("--max-sockets", grant.max_sockets, "UDP sockets of one tunnel")
      ->check(CLI::Range(1, 65535));
  app.add_option("--max-bps", grant.max_bps, "Bits a second of one tunnel, in each direction");
  app.add_option("--max-sessions", grant.max_sessions, "Tunnels of the subject at a time");
  app.add_option("--consent", options.consent, "What peers get before they answer")
      ->check(CLI::IsMember({"ice", "any", "allowlist"}));
  app.add_option("--allow", options.allow, "The only peers: ADDRESS or ADDRESS/BITS");
  app.add_option("--origin", grant.origins, "The only pages: https://host or https://*.host");
  app.add_option("--ice-server", grant.ice_servers, "A server that the client may use at once");
  app.add_flag("--native", grant.native, "For programs, which send no Origin, as well as pages");
  app.add_flag("--multi", grant.multi, "From several networks, as of a phone that moves");
  app.add_option("--audience", options.claims.audience, "The gateway's --token-audience")
      ->capture_default_str();
}

int print_token(TokenOptions options) {
  const char* secret = std::getenv("FLOE_GATEWAY_SECRET");
  if (secret == nullptr || std::string_view(secret).size() < token::kSecretSizeMin) {
    return fail("set FLOE_GATEWAY_SECRET to the gateway's secret, at least 16 characters");
  }
  token::Claims& claims = options.claims;
  for (const std::string& text : options.allow) {
    const auto prefix = token::Prefix::parse(text);
    if (!prefix) return fail("--allow " + text + " is no ADDRESS and no ADDRESS/BITS");
    claims.grant.allow.push_back(*prefix);
  }
  if (!options.consent.empty()) claims.grant.consent = token::parse_consent_rule(options.consent);
  claims.issued_at = unix_seconds();
  claims.grant.expires_at = *claims.issued_at + options.ttl_seconds;
  claims.grant.id = draw_id();
  // By the reader itself, so that nothing is minted that no gateway takes.
  if (!token::read_claims(token::write_claims(claims))) {
    return fail("a text is empty, too long or not plain, or there are too many of one kind");
  }
  MbedtlsCrypto crypto;
  const std::string token = token::mint(token::Key(crypto, secret), claims);
  if (token.size() > token::kTokenSizeMax) return fail("this is too much for one token");
  std::printf("%s\n", token.c_str());
  return 0;
}

}  // namespace floe::cli
