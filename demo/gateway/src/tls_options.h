// The options of a gateway's TLS, which its operator chooses.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace floe::gateway {

struct TlsOptions {
  std::string certificate_file;  ///< PEM, with its chain; empty: no TLS
  std::string key_file;
  bool plain_http = false;  ///< the web address is http all the same: a proxy in front does TLS

  bool has_certificate() const { return !certificate_file.empty(); }
  bool serves_https() const { return has_certificate() && !plain_http; }

  void add_to(CLI::App& app);
};

/// The reason why these options must not be used; empty when they may.
std::string refuse_tls(const TlsOptions& options);

}  // namespace floe::gateway
