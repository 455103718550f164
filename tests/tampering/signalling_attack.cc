#include "signalling_attack.h"

#include <algorithm>
#include <array>
#include <utility>

namespace floe::tampering {
namespace {

using Kind = SignallingAttackKind;

constexpr std::array<std::pair<std::string_view, Kind>, 11> kNames{{
    {"swap-fingerprint", Kind::swap_fingerprint},
    {"drop-dtls", Kind::drop_dtls},
    {"swap-commitment", Kind::swap_commitment},
    {"swap-reveal", Kind::swap_reveal},
    {"swap-words", Kind::swap_words},
    {"swap-setup", Kind::swap_setup},
    {"old-description", Kind::old_description},
    {"old-certificate", Kind::old_certificate},
    {"late-fingerprint", Kind::late_fingerprint},
    {"repeat-messages", Kind::repeat_messages},
    {"middleman", Kind::middleman},
}};

/// The server's own number, 32 bytes of 0, and its SHA-256.
constexpr std::string_view kNonce =
    "0000000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view kCommitment =
    "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";

/// The fingerprint of a certificate that nobody has here.
std::string stranger() {
  std::string text = "00";
  for (int i = 1; i < 32; ++i) text += ":00";
  return text;
}

/// RFC 8842, section 4: another id is another association.
void begin_anew(signal::DtlsParameters& dtls) {
  dtls.id = std::string(32, '0');
  dtls.peer_id.clear();
  dtls.fingerprints.front().value = stranger();
  dtls.commitment = kCommitment;
}

/// The third member comes after the second has gone: the first one stays.
constexpr std::size_t kLeaver = 1;

}  // namespace

std::optional<Kind> parse_signalling_attack(std::string_view name) {
  const auto place = std::ranges::find(kNames, name, &std::pair<std::string_view, Kind>::first);
  return place == kNames.end() ? std::nullopt : std::optional(place->second);
}

std::string SignallingAttack::room_for(std::size_t member, const std::string& room) const {
  // The middleman knows the names of the rooms in which it finds the two ends.
  if (kind_ != Kind::middleman || room.find('.') != std::string::npos) return room;
  return room + "." + std::to_string(member);
}

void SignallingAttack::change(signal::DtlsParameters& dtls) const {
  if (kind_ == Kind::swap_fingerprint) {
    for (signal::FingerprintInit& one : dtls.fingerprints) one.value = stranger();
  } else if (kind_ == Kind::swap_commitment || kind_ == Kind::swap_words) {
    dtls.commitment = kCommitment;
  } else if (kind_ == Kind::swap_setup) {
    dtls.setup = "passive";
  }
}

void SignallingAttack::change(std::size_t member, signal::Description& description) {
  const bool is_later = !first_.try_emplace(member, description).second;
  if (description.dtls) change(*description.dtls);
  if (description.dtls && is_later && kind_ == Kind::late_fingerprint) {
    begin_anew(*description.dtls);
  }
  if (kind_ == Kind::drop_dtls) description.dtls.reset();
  if (member <= kLeaver || !first_.contains(kLeaver)) return;
  const signal::Description& old = first_.at(kLeaver);
  if (kind_ == Kind::old_description) description = old;
  if (kind_ == Kind::old_certificate && description.dtls && old.dtls) {
    description.dtls->fingerprints = old.dtls->fingerprints;
  }
}

/// A newcomer's candidates belong to the description that is told in place of its own.
void SignallingAttack::change(std::size_t member, signal::CandidateMessage& candidate) const {
  const bool is_old = kind_ == Kind::old_description && member > kLeaver;
  if (is_old && first_.contains(kLeaver)) candidate.ufrag = first_.at(kLeaver).credentials.ufrag;
}

void SignallingAttack::change(signal::Reveal& reveal) const {
  if (kind_ == Kind::swap_reveal || kind_ == Kind::swap_words) reveal.nonce = kNonce;
}

std::vector<signal::Message> SignallingAttack::pass(std::size_t member,
                                                    const signal::Message& message) {
  signal::Message own = message;
  if (auto* description = std::get_if<signal::Description>(&own)) change(member, *description);
  if (auto* candidate = std::get_if<signal::CandidateMessage>(&own)) change(member, *candidate);
  if (auto* reveal = std::get_if<signal::Reveal>(&own)) change(*reveal);
  return std::vector<signal::Message>(kind_ == Kind::repeat_messages ? 3 : 1, own);
}

}  // namespace floe::tampering
