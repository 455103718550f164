#include "dtls_peer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "floe/signal/limits.h"
#include "floe/types/hex.h"

namespace floe::peer {
namespace {

/// RFC 8842, section 4: at least 120 bits of randomness.
std::string draw_id(RandomSource& random) {
  std::array<std::uint8_t, 16> bytes;
  random.fill(bytes);
  return to_hex(bytes);
}

dtls::Role other(dtls::Role role) {
  return role == dtls::Role::client ? dtls::Role::server : dtls::Role::client;
}

}  // namespace

DtlsPeer::DtlsPeer(const dtls::Fingerprint& own, const std::vector<std::string>& expected,
                   RandomSource& random, Crypto& crypto)
    : own_(own), expects_(!expected.empty()), string_(random, crypto), id_(draw_id(random)) {
  for (const std::string& value : expected) {
    const auto read = dtls::Fingerprint::parse(dtls::Fingerprint::kAlgorithm, value);
    if (read) expected_.push_back(*read);
  }
}

// RFC 8842, section 5.2: "The offerer MUST [...] use the SDP 'setup' attribute value 'actpass'";
// section 5.3: the answerer chooses.
signal::DtlsParameters DtlsPeer::describe() {
  has_described_ = true;
  signal::DtlsParameters parameters;
  const dtls::Setup setup = !role_                         ? dtls::Setup::actpass
                            : *role_ == dtls::Role::client ? dtls::Setup::active
                                                           : dtls::Setup::passive;
  parameters.setup = to_text(setup);
  parameters.fingerprints.push_back({std::string(dtls::Fingerprint::kAlgorithm), own_.value()});
  parameters.id = id_;
  parameters.peer_id = peer_id_;
  parameters.commitment = string_.commitment();
  return parameters;
}

DtlsPeer::Meaning DtlsPeer::meaning_of(
    const std::optional<signal::DtlsParameters>& parameters) const {
  const bool is_for_another =
      parameters && !parameters->peer_id.empty() && parameters->peer_id != id_;
  if (is_for_another) return Meaning::repeats;
  if (!role_) return Meaning::first;
  if (!parameters || is_same(*parameters)) return Meaning::repeats;
  return parameters->peer_id.empty() ? Meaning::anew : Meaning::answers;
}

// A peer without ids, such as a browser, tells by its certificate that it has begun another
// association (RFC 8842, section 4).
bool DtlsPeer::is_same(const signal::DtlsParameters& parameters) const {
  if (parameters.id != peer_id_) return false;
  return !parameters.id.empty() || std::ranges::any_of(parameters.fingerprints, [&](auto& each) {
    const auto read = dtls::Fingerprint::parse(each.algorithm, each.value);
    return read && read->is_one_of(trusted_);
  });
}

std::optional<SecurityFailed> DtlsPeer::handle_parameters(
    const std::optional<signal::DtlsParameters>& parameters) {
  if (!parameters) return make_security_failed(SecurityFailure::not_encrypted);
  if (auto failed = trust(parameters->fingerprints)) return failed;
  const auto role = decide_role(*parameters);
  if (!role) return make_security_failed(SecurityFailure::bad_parameters);
  role_ = role;
  peer_id_ = parameters->id;
  string_.handle_commitment(parameters->commitment);
  return std::nullopt;
}

void DtlsPeer::forget_peer() {
  role_.reset();
  trusted_.clear();
  string_.forget_peer(is_revealed_);
}

std::optional<SecurityFailed> DtlsPeer::trust(
    const std::vector<signal::FingerprintInit>& signalled) {
  for (const auto& [algorithm, value] : signalled) {
    if (const auto read = dtls::Fingerprint::parse(algorithm, value)) trusted_.push_back(*read);
  }
  if (trusted_.empty()) return make_security_failed(SecurityFailure::bad_parameters);
  if (!expects_) return std::nullopt;
  std::erase_if(trusted_, [this](const auto& one) { return !one.is_one_of(expected_); });
  if (trusted_.empty()) return make_security_failed(SecurityFailure::not_expected);
  return std::nullopt;
}

// The two first descriptions may cross. Then neither end is the answerer, and the order of their
// ids decides.
std::optional<dtls::Role> DtlsPeer::decide_role(const signal::DtlsParameters& parameters) const {
  const auto setup = dtls::parse_setup(parameters.setup);
  if (!setup) return std::nullopt;
  if (*setup != dtls::Setup::actpass) {
    return dtls::offerer_role(dtls::Setup::actpass, *setup);
  }
  if (!has_described_) return dtls::answerer_role(*setup, dtls::answer_to(*setup));
  const std::pair own(id_, own_.value());
  const std::pair theirs(parameters.id, parameters.fingerprints.front().value);
  if (own == theirs) return std::nullopt;
  return own < theirs ? dtls::Role::client : other(dtls::Role::client);
}

bool DtlsPeer::handle_reveal(const signal::Reveal& reveal) {
  const bool is_of_another = !role_ || (!reveal.id.empty() && reveal.id != peer_id_);
  return is_of_another || string_.handle_nonce(reveal.nonce);
}

std::optional<signal::Reveal> DtlsPeer::take_reveal() {
  if (is_revealed_ || !has_described_ || !string_.has_commitment()) return std::nullopt;
  is_revealed_ = true;
  return signal::Reveal{string_.nonce(), id_};
}

std::string DtlsPeer::words(const dtls::Fingerprint& peer) const {
  const bool is_client = role_ == dtls::Role::client;
  const std::string own = own_.value();
  const std::string theirs = peer.value();
  return string_.words({.client = is_client ? own : theirs, .server = is_client ? theirs : own},
                       is_client);
}

}  // namespace floe::peer
