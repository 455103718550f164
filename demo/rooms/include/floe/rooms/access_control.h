// The checks that admit a client; they are the same for every kind of client. Several threads may
// ask.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/native/request_head.h"
#include "floe/token/grant.h"
#include "floe/token/limits.h"
#include "floe/token/used_tokens.h"
#include "floe/token/verifier.h"

namespace floe::rooms {

struct Access {
  std::string secret = {};                ///< signs the tokens that clients must send
  std::string previous_secret = {};       ///< counts as well, while the secret changes
  std::vector<std::string> origins = {};  ///< pages that may connect; empty: those served from here
  std::vector<std::string> hosts = {};    ///< names of this server; empty: any
  bool open = false;                      ///< no token, and only clients and pages of this machine
  bool secret_is_token = false;           ///< a client may send the secret itself
  bool is_https = false;                  ///< pages that are served from here come by https
  std::string audience = std::string(token::kDefaultAudience);  ///< `aud` of tokens
  std::int64_t open_seconds_max = token::kOpenSecondsMax;  ///< age of a token that is first used
};

/// A client that presents a token.
struct Visitor {
  IpAddress ip;
  std::string origin;  ///< of the page; empty: a program
};

class AccessControl {
 public:
  using Admitted = Result<token::Grant, token::Refusal>;

  explicit AccessControl(Access access);
  AccessControl(const AccessControl&) = delete;
  AccessControl& operator=(const AccessControl&) = delete;

  /// Counts for those who come from now on.
  void reload(Access access);

  /// A name that an attacker made point to this machine is none of this server's: a page of that
  /// name would be of the same origin as what is served here.
  bool admits_host(std::string_view host) const;
  /// RFC 6455, section 10.2: a browser says which page wants to connect, and a server that does not
  /// look lets every page on the web use it. Programs that are no browsers send no Origin; whether
  /// they may come in, their token says.
  bool admits_origin(const native::RequestHead& request) const;
  /// Says to the operator what admits_origin() refused.
  static std::string refusal_of(const native::RequestHead& request);
  /// Whether the query of a URL has a token: proxies, logs and histories keep URLs.
  static bool has_token_in_query(std::string_view query);

  /// `unix_now` is in seconds since 1970.
  Admitted admit(std::string_view token, const Visitor& visitor, std::int64_t unix_now);
  Admitted admit_to_room(std::string_view room, std::string_view token, const Visitor& visitor,
                         std::int64_t unix_now);

 private:
  bool is_own_host(std::string_view host) const;

  mutable std::mutex mutex_;  // of all below
  Access access_;
  MbedtlsCrypto crypto_;
  std::unique_ptr<token::Verifier> verifier_;
  token::UsedTokens used_tokens_;
};

/// Seconds since 1970.
std::int64_t unix_now();

}  // namespace floe::rooms
