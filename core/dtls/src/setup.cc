#include "floe/dtls/setup.h"

#include <array>
#include <utility>

#include "floe/types/letter_case.h"

namespace floe::dtls {

namespace {

constexpr std::array<std::pair<Setup, std::string_view>, 3> kWords{
    {{Setup::actpass, "actpass"}, {Setup::active, "active"}, {Setup::passive, "passive"}}};

}  // namespace

std::string_view to_text(Setup setup) {
  for (const auto& [known, word] : kWords) {
    if (known == setup) return word;
  }
  return "";
}

std::optional<Setup> parse_setup(std::string_view text) {
  for (const auto& [setup, word] : kWords) {
    if (equal_ignoring_case(text, word)) return setup;
  }
  return std::nullopt;
}

// RFC 8842, section 5.3: "Even though an offerer is required to insert an "SDP" setup attribute
// with an "actpass" attribute value in initial offers (Section 5.2) and subsequent offers
// (Section 5.5), the answerer MUST be able to receive initial and subsequent offers with other
// attribute values".
Setup answer_to(Setup offer) {
  return offer == Setup::active ? Setup::passive : Setup::active;
}

std::optional<Role> offerer_role(Setup offer, Setup answer) {
  if (answer == Setup::actpass || offer == answer) return std::nullopt;
  return answer == Setup::active ? Role::server : Role::client;
}

std::optional<Role> answerer_role(Setup offer, Setup answer) {
  const auto offerer = offerer_role(offer, answer);
  if (!offerer) return std::nullopt;
  return *offerer == Role::client ? Role::server : Role::client;
}

}  // namespace floe::dtls
