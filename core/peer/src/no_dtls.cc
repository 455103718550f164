// A build without DTLS.
#include "floe/peer/identity.h"
#include "protection.h"

namespace floe::peer {

std::unique_ptr<Protection> make_protection(const SecurityOptions&, RandomSource&, Crypto&) {
  return nullptr;
}

std::shared_ptr<const Identity> Identity::generate(RandomSource&) {
  return nullptr;
}

std::shared_ptr<const Identity> Identity::parse(RandomSource&, Bytes, Bytes, std::string& problem) {
  problem = "this build has no DTLS";
  return nullptr;
}

bool is_fingerprint(std::string_view) {
  return false;
}

}  // namespace floe::peer
