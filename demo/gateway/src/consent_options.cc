#include "consent_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "help_text.h"

namespace floe::gateway {
namespace {

/// Without the brackets of an IPv6 address.
std::string without_brackets(std::string_view text) {
  std::string bare(text);
  std::erase_if(bare, [](char c) { return c == '[' || c == ']'; });
  return bare;
}

}  // namespace

std::optional<PeerRange> PeerRange::parse(std::string_view text) {
  if (const auto address = TransportAddress::parse(text)) {
    const auto host = AddressPrefix::parse(address->ip.to_text());
    if (!host || address->port == 0) return std::nullopt;
    return PeerRange(*host, address->port);
  }
  const auto range = AddressPrefix::parse(without_brackets(text));
  if (!range) return std::nullopt;
  return PeerRange(*range, std::nullopt);
}

bool PeerRange::contains(const TransportAddress& peer) const {
  return (!port_ || *port_ == peer.port) && addresses_.contains(WideAddress(peer.ip));
}

bool ConsentOptions::allows(const TransportAddress& peer) const {
  return std::ranges::any_of(allowed, [&](const PeerRange& range) { return range.contains(peer); });
}

void ConsentArguments::add_to(CLI::App& app) {
  app.add_option("--consent", policy_,
                 "What peers without consent get: ice (checks), any, allowlist")
      ->check(CLI::IsMember({"ice", "any", "allowlist"}).description(""))
      ->type_name("POLICY")
      ->capture_default_str()
      ->group("Network");
  app.add_option("--consent-peer", allowed_,
                 "A peer of --consent allowlist: ADDRESS, ADDRESS/BITS or ADDRESS:PORT")
      ->check(CLI::Validator(
          [](std::string& text) {
            return PeerRange::parse(text) ? std::string() : "\"" + text + "\" is no peer";
          },
          "PEER"))
      ->group(rare("Network"));
  app.add_flag("--consent-by-token", by_token_,
               "The claim `consent` of a token counts also where it opens more than --consent")
      ->group(rare("Network"));
  app.add_option("--client-bytes-max", bytes_per_second_max_,
                 "Bytes a second that a client may send, and as many to receive; 0: no limit")
      ->capture_default_str()
      ->group(rare("Limits"));
  app.add_option("--client-datagrams-max", datagrams_per_second_max_,
                 "The same in datagrams a second")
      ->capture_default_str()
      ->group(rare("Limits"));
}

std::string ConsentArguments::read(ConsentOptions& options) const {
  if (policy_ == "any") options.policy = ConsentPolicy::any;
  if (policy_ == "allowlist") options.policy = ConsentPolicy::allowlist;
  for (const std::string& text : allowed_) options.allowed.push_back(*PeerRange::parse(text));
  options.by_token = by_token_;
  options.bytes_per_second_max = bytes_per_second_max_;
  options.datagrams_per_second_max = datagrams_per_second_max_;
  const bool is_list = options.policy == ConsentPolicy::allowlist;
  if (is_list && allowed_.empty()) return "--consent allowlist needs a --consent-peer";
  if (!is_list && !allowed_.empty()) return "--consent-peer is for --consent allowlist";
  return {};
}

std::string warning_of(const ConsentOptions& options) {
  switch (options.policy) {
    case ConsentPolicy::ice:
      return {};
    case ConsentPolicy::any:
      return "--consent any: clients may send any data to any peer, as fast as they can. "
             "Use it only for clients that you trust";
    case ConsentPolicy::allowlist:
      return "--consent allowlist: clients may send any data to the peers of "
             "--consent-peer, as fast as they can";
  }
  return {};
}

}  // namespace floe::gateway
