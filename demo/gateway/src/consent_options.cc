#include "consent_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "address_class.h"
#include "floe/types/decimal.h"

namespace floe::gateway {
namespace {

bool have_same_beginning(const IpAddress& a, const IpAddress& b, std::size_t bits) {
  const Bytes left = a.bytes();
  const Bytes right = b.bytes();
  const std::size_t whole = bits / 8;
  if (!std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(whole), right.begin())) {
    return false;
  }
  if (bits % 8 == 0) return true;
  const unsigned mask = 0xff00u >> bits % 8 & 0xffu;
  return ((left[whole] ^ right[whole]) & mask) == 0;
}

/// The bits after the first `bits` are zero.
bool ends_in_zeros(const IpAddress& ip, std::size_t bits) {
  const Bytes bytes = ip.bytes();
  for (std::size_t i = bits; i < 8 * bytes.size(); ++i) {
    if ((bytes[i / 8] & 0x80u >> i % 8) != 0) return false;
  }
  return true;
}

}  // namespace

std::optional<PeerRange> PeerRange::parse(std::string_view text) {
  PeerRange range;
  if (const auto address = TransportAddress::parse(text)) {
    if (address->port == 0) return std::nullopt;
    range.ip_ = address->ip;
    range.bits_ = 8 * address->ip.bytes().size();
    range.port_ = address->port;
    return range;
  }
  const std::size_t slash = text.find('/');
  std::string_view ip_text = text.substr(0, slash);
  if (ip_text.starts_with('[') && ip_text.ends_with(']')) {
    ip_text = ip_text.substr(1, ip_text.size() - 2);
  }
  const auto ip = IpAddress::parse(ip_text);
  if (!ip) return std::nullopt;
  range.ip_ = *ip;
  range.bits_ = 8 * range.ip_.bytes().size();
  if (slash == std::string_view::npos) return range;
  const auto bits = parse_decimal(text.substr(slash + 1), range.bits_);
  if (!bits || !ends_in_zeros(range.ip_, *bits)) return std::nullopt;
  range.bits_ = *bits;
  return range;
}

bool PeerRange::contains(const TransportAddress& peer) const {
  if (port_ && *port_ != peer.port) return false;
  return ip_.family() == peer.ip.family() && have_same_beginning(ip_, peer.ip, bits_);
}

bool ConsentOptions::allows(const TransportAddress& peer) const {
  const TransportAddress target{canonical(peer.ip), peer.port};
  return std::ranges::any_of(allowed,
                             [&](const PeerRange& range) { return range.contains(target); });
}

ConsentArguments::ConsentArguments(CLI::App& app) {
  app.add_option("--consent", policy_,
                 "What clients of tunnels may send before a peer has consented. ice: checks of "
                 "ICE. any: everything, for clients that you trust. allowlist: everything to the "
                 "peers of --consent-peer, nothing to others")
      ->check(CLI::IsMember({"ice", "any", "allowlist"}))
      ->capture_default_str();
  app.add_option("--consent-peer", allowed_,
                 "A peer of --consent allowlist: ADDRESS, ADDRESS/BITS or ADDRESS:PORT")
      ->check(CLI::Validator(
          [](std::string& text) {
            return PeerRange::parse(text) ? std::string() : "\"" + text + "\" is no peer";
          },
          "PEER"));
  app.add_option("--client-bytes-max", bytes_per_second_max_,
                 "Bytes a second that a client of a tunnel may send, and as many to receive; 0: no "
                 "limit")
      ->capture_default_str();
  app.add_option("--client-datagrams-max", datagrams_per_second_max_,
                 "The same in datagrams a second")
      ->capture_default_str();
}

std::string ConsentArguments::read(ConsentOptions& options) const {
  if (policy_ == "any") options.policy = ConsentPolicy::any;
  if (policy_ == "allowlist") options.policy = ConsentPolicy::allowlist;
  for (const std::string& text : allowed_) options.allowed.push_back(*PeerRange::parse(text));
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
      return "--consent any: clients may send whatever they like to whom they like, as fast as "
             "they can. Use it only for clients that you trust";
    case ConsentPolicy::allowlist:
      return "--consent allowlist: clients may send whatever they like to the peers of "
             "--consent-peer, as fast as they can";
  }
  return {};
}

}  // namespace floe::gateway
