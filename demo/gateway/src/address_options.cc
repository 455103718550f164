#include "address_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "address_class.h"
#include "carried_addresses.h"
#include "floe/types/text.h"
#include "help_text.h"
#include "port_rules.h"
#include "validators.h"

namespace floe::gateway {
namespace {

constexpr std::uint16_t kFirstClientPort = 1024;

std::string read_rules(const char* option, const std::vector<std::string>& texts, bool allows,
                       std::vector<AddressRule>& rules) {
  for (const std::string& text : texts) {
    const auto prefix = AddressPrefix::parse(text);
    if (!prefix) return concat({option, ": ", prefix.error()});
    const bool is_all = prefix->length() == 0;
    const auto is_in = [&](AddressClass one) {
      return !is_all && classify(prefix->first()) == one && classify(prefix->last()) == one;
    };
    if (allows && is_in(AddressClass::loopback)) {
      return concat({option, " ", text, ": only --allow-loopback opens loopback"});
    }
    if (allows && is_in(AddressClass::nowhere)) {
      return concat({option, " ", text, ": clients never reach these addresses"});
    }
    rules.push_back({*prefix, allows});
  }
  return {};
}

std::string read_port_rules(const char* option, const std::vector<std::string>& texts, bool allows,
                            std::vector<PortRule>& rules) {
  for (const std::string& text : texts) {
    const auto ports = PortRange::parse(text);
    if (!ports) return concat({option, " \"", text, "\" is not PORT or FIRST-LAST, 1 to 65535"});
    rules.push_back({*ports, allows});
  }
  return {};
}

std::string read_own_targets(const std::vector<std::string>& texts,
                             std::vector<OwnTarget>& targets) {
  for (const std::string& text : texts) {
    const auto ip = IpAddress::parse(text);
    const auto address = TransportAddress::parse(text);
    if (!ip && !address) return "--allow-own \"" + text + "\" is not ADDRESS or ADDRESS:PORT";
    targets.push_back(ip ? OwnTarget{*ip, 0} : OwnTarget{address->ip, address->port});
  }
  return {};
}

std::string read_nat64(const std::vector<std::string>& texts, std::vector<AddressPrefix>& nat64) {
  for (const std::string& text : texts) {
    const auto prefix = AddressPrefix::parse(text);
    if (!prefix) return "--nat64-prefix: " + prefix.error();
    if (prefix->first().is_ipv4() || !CarriedAddresses::is_nat64_length(prefix->length())) {
      return "--nat64-prefix \"" + text +
             "\" is not an IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits";
    }
    nat64.push_back(*prefix);
  }
  return {};
}

/// Peers would take a client that has such a port for the service.
std::string refuse_service_in(const PortRange& ports) {
  const PortRules defaults;
  for (unsigned port = ports.first; port <= ports.last; ++port) {
    if (defaults.opens(static_cast<std::uint16_t>(port))) continue;
    return "--port-range \"" + ports.to_text() + "\" has port " + std::to_string(port) +
           ", which is that of a service";
  }
  return {};
}

}  // namespace

void AddressArguments::add_to(CLI::App& app) {
  const std::string kNetwork = "Network";
  app.add_option("--allow", allow_, "Addresses that clients may reach, as 10.1.0.0/16")
      ->type_name("CIDR")
      ->group(kNetwork);
  app.add_option("--deny", deny_, "Addresses that they may not reach; the longest prefix decides")
      ->type_name("CIDR")
      ->group(kNetwork);
  app.add_flag("--allow-private", allow_private_,
               "Clients may reach private addresses: this machine's network")
      ->group(kNetwork);
  app.add_option("--external", external_,
                 "Addresses that clients are told instead of --bind, behind a 1:1 NAT")
      ->check(ip_address_validator())
      ->group(kNetwork);
  app.add_flag("--print-policy", print_policy_, "Print what clients may reach, and end")
      ->configurable(false)
      ->group(kNetwork);
  add_rare_to(app);
}

void AddressArguments::add_rare_to(CLI::App& app) {
  const std::string kNetwork = rare("Network");
  app.add_flag("--allow-loopback", allow_loopback_,
               "Let clients reach this machine's loopback, for development")
      ->group(kNetwork);
  app.add_option("--allow-own", allow_own_,
                 "Addresses of this machine, or ADDRESS:PORT, that clients may reach")
      ->type_name("ADDRESS")
      ->group(kNetwork);
  app.add_option("--allow-port", allow_port_, "Ports of peers to open, as 5000 or 5000-5010")
      ->type_name("PORTS")
      ->group(kNetwork);
  app.add_option("--deny-port", deny_port_, "Ports of peers to close; the narrowest range decides")
      ->type_name("PORTS")
      ->group(kNetwork);
  app.add_option("--nat64-prefix", nat64_, "Prefixes of your own that a NAT64 translates to IPv4")
      ->type_name("CIDR")
      ->group(kNetwork);
  app.add_option("--port-range", ports_, "Ports of clients' sockets")
      ->type_name("FIRST-LAST")
      ->capture_default_str()
      ->group(kNetwork);
}

std::string AddressArguments::read(AddressOptions& options) const {
  options.print = print_policy_;
  options.allow_private = allow_private_;
  options.allow_loopback = allow_loopback_;
  for (const std::string& text : external_) options.external.push_back(*IpAddress::parse(text));
  for (const std::string& mistake :
       {read_rules("--allow", allow_, true, options.rules),
        read_rules("--deny", deny_, false, options.rules),
        read_port_rules("--allow-port", allow_port_, true, options.port_rules),
        read_port_rules("--deny-port", deny_port_, false, options.port_rules),
        read_own_targets(allow_own_, options.own_targets), read_nat64(nat64_, options.nat64)}) {
    if (!mistake.empty()) return mistake;
  }
  const auto ports = PortRange::parse(ports_);
  if (!ports || ports->first < kFirstClientPort) {
    return "--port-range \"" + ports_ + "\" is not FIRST-LAST, from 1024 to 65535";
  }
  options.ports = *ports;
  return refuse_service_in(options.ports);
}

std::string refuse_addresses(const AddressOptions& options, const std::vector<IpAddress>& bind) {
  for (const IpAddress& ip : bind) {
    if (!can_be_reached({ip, 1})) {
      return "--bind needs addresses of this machine, not " + ip.to_text() +
             ": clients tell their peers where their sockets are.";
    }
  }
  for (const IpAddress& ip : options.external) {
    if (!can_be_reached({ip, 1})) return "--external " + ip.to_text() + " is nobody's address.";
    if (std::ranges::count(bind, ip.family(), &IpAddress::family) != 1 ||
        std::ranges::count(options.external, ip.family(), &IpAddress::family) != 1) {
      return "--external " + ip.to_text() +
             " needs one --bind of its family, and is the only one of its family.";
    }
  }
  return {};
}

}  // namespace floe::gateway
