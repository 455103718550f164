// The options of `floe agent` about sockets and addresses.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <map>

#include "agent_options.h"
#include "floe/options/candidate_servers.h"

namespace floe::cli {
namespace {

const std::map<std::string, MdnsMode> kMdnsModes{
    {"resolve", MdnsMode::resolve}, {"hide", MdnsMode::hide}, {"off", MdnsMode::off}};

IpAddress parse_ip(const char* option, const std::string& text) {
  const auto ip = IpAddress::parse(text);
  if (!ip) throw CLI::ValidationError(option, text + " is not an IP address");
  return *ip;
}

void parse_port_range(const std::string& text, GatherOptions& gather) {
  const char* end = text.data() + text.size();
  const auto [dash, first] = std::from_chars(text.data(), end, gather.port_min);
  const bool has_dash = first == std::errc{} && dash != end && *dash == '-';
  const auto [rest, last] = std::from_chars(has_dash ? dash + 1 : end, end, gather.port_max);
  if (!has_dash || last != std::errc{} || rest != end || gather.port_min == 0 ||
      gather.port_min > gather.port_max) {
    throw CLI::ValidationError("--port-range", text + " is not A-B with 1 <= A <= B");
  }
}

ExternalAddress parse_external_address(const std::string& text) {
  constexpr const char* kOption = "--external-ip";
  const auto equals = text.find('=');
  if (equals == std::string::npos) {
    throw CLI::ValidationError(kOption, text + " is not INTERNAL=EXTERNAL");
  }
  ExternalAddress mapping;
  mapping.internal = parse_ip(kOption, text.substr(0, equals));
  mapping.external = parse_ip(kOption, text.substr(equals + 1));
  if (mapping.internal.family() != mapping.external.family()) {
    throw CLI::ValidationError(kOption, text + " names addresses of two families");
  }
  if (mapping.external.is_any() || mapping.external.is_multicast()) {
    throw CLI::ValidationError(kOption, text + ": no peer can send to the external address");
  }
  return mapping;
}

void declare_choice(CLI::App& app, AgentOptions& options) {
  GatherOptions& gather = options.connection.gather;
  app.add_option_function<std::vector<std::string>>(
         "--bind",
         [&options](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) options.bind.push_back(parse_ip("--bind", text));
         },
         "Use only this address; repeat the option for more. Default: all interfaces, but neither "
         "loopback nor link-local")
      ->type_name("ADDR");
  app.add_option("--interface", options.interfaces,
                 "Use only the addresses of this interface, for example \"eth0\"; may be repeated")
      ->type_name("NAME");
  app.add_option_function<int>(
         "--family",
         [&gather](const int& family) {
           gather.family = family == 4 ? Family::ipv4 : Family::ipv6;
         },
         "Use addresses of one family")
      ->check(CLI::IsMember({4, 6}));
  app.add_option_function<std::string>(
         "--port-range", [&gather](const std::string& text) { parse_port_range(text, gather); },
         "Bind to ports of this range")
      ->type_name("A-B");
}

}  // namespace

void declare_sockets(CLI::App& app, AgentOptions& options) {
  declare_choice(app, options);
  app.add_option_function<std::vector<std::string>>(
         "--external-ip",
         [&options](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             options.connection.gather.external_addresses.push_back(parse_external_address(text));
           }
         },
         "A one-to-one NAT maps EXTERNAL to INTERNAL with equal ports: tell the peer both. "
         "INTERNAL is an address that is used, or 0.0.0.0 or :: for all of them")
      ->type_name("INTERNAL=EXTERNAL");
  app.add_option("--gateway", options.gateway,
                 "Use the sockets of a gateway, ws(s)://HOST/tunnel, instead of own ones; names of "
                 "servers are resolved there, too");
  app.add_option_function<std::string>(
         "--mdns",
         [&options](const std::string& text) { options.connection.mdns = kMdnsModes.at(text); },
         "resolve: look up the names that browsers give instead of their addresses, in the local "
         "network; hide: and tell the peer such names instead of the addresses of this machine; "
         "off: skip candidates with names (default: resolve; with --gateway: off)")
      ->check(CLI::IsMember(kMdnsModes));
  options::declare_tls_ca(app, options.tls_ca_file);
}

}  // namespace floe::cli
