#include "tls_options.h"

#include <CLI/CLI.hpp>

#include "help_text.h"

namespace floe::gateway {

void TlsOptions::add_to(CLI::App& app) {
  app.add_option("--tls-certificate", certificate_file,
                 "PEM file with the certificate and its chain: --listen is https and wss then")
      ->check(CLI::ExistingFile)
      ->group("TLS");
  app.add_option("--tls-key", key_file, "PEM file with its key")
      ->check(CLI::ExistingFile)
      ->group("TLS");
  app.add_flag("--plain-http", plain_http,
               "--listen is http and ws all the same, because a proxy in front of it does TLS")
      ->group(rare("TLS"));
}

std::string refuse_tls(const TlsOptions& options) {
  if (options.certificate_file.empty() == options.key_file.empty()) return {};
  return "--tls-certificate and --tls-key belong together: name both files.";
}

}  // namespace floe::gateway
