#include "encryption.h"

#include "floe/sim/seeded_random.h"

namespace floe::sim {
namespace {

std::shared_ptr<const peer::Identity> make_identity(std::uint64_t seed) {
  SeededRandom random(seed);
  return peer::generate_identity(random);
}

const std::shared_ptr<const peer::Identity>& identity_of(ice::Role role) {
  static const auto controlling = make_identity(1);
  static const auto controlled = make_identity(2);
  return role == ice::Role::controlling ? controlling : controlled;
}

}  // namespace

bool can_encrypt() {
  return identity_of(ice::Role::controlling) != nullptr;
}

peer::SecurityOptions encryption_of(ice::Role role) {
  if (!can_encrypt()) return {};
  return {.identity = identity_of(role),
          .expected = {identity_of(ice::opposite(role))->fingerprint()}};
}

}  // namespace floe::sim
