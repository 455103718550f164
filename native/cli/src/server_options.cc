#include "server_options.h"

#include <CLI/CLI.hpp>

namespace floe::cli {
namespace {

ServerUri parse_stun_uri(const std::string& text) {
  // What has no scheme can only be meant as a STUN server.
  const bool has_scheme = text.find("stun") == 0 || text.find("turn") == 0;
  const auto uri = parse_server_uri(has_scheme ? text : "stun:" + text);
  if (!uri) throw CLI::ValidationError("URI", text + ": " + std::string(to_text(uri.error())));
  if (uri->scheme != ServerScheme::stun) {
    throw CLI::ValidationError("URI", text + ": only stun:HOST is asked, over UDP");
  }
  return *uri;
}

}  // namespace

void declare(CLI::App& app, ServerOptions& options) {
  app.add_option_function<std::string>(
         "URI", [&options](const std::string& text) { options.server = parse_stun_uri(text); },
         "The server: stun:HOST or stun:HOST:PORT, by name or address")
      ->required();
  app.add_option_function<std::string>(
         "--bind",
         [&options](const std::string& text) {
           options.bind = IpAddress::parse(text);
           if (!options.bind) throw CLI::ValidationError("--bind", text + " is not an IP address");
         },
         "Ask from this address (default: the one that leads to the server)")
      ->type_name("ADDR");
  app.add_option_function<int>(
         "--family",
         [&options](const int& family) {
           options.family = family == 4 ? Family::ipv4 : Family::ipv6;
         },
         "Use an address of one family")
      ->check(CLI::IsMember({4, 6}));
  app.add_flag("--json", options.json, "Print one JSON object instead of text for people");
}

}  // namespace floe::cli
