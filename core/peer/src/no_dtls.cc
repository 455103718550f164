// A build without DTLS.
#include "floe/peer/identity.h"
#include "protection.h"

namespace floe::peer {

std::unique_ptr<Protection> make_protection(const SecurityOptions&, RandomSource&, Crypto&) {
  return nullptr;
}

std::shared_ptr<const Identity> generate_identity(RandomSource&) {
  return nullptr;
}

std::shared_ptr<const Identity> parse_identity(RandomSource&, Bytes, Bytes, std::string& problem) {
  problem = "this build has no DTLS";
  return nullptr;
}

bool is_fingerprint(std::string_view) {
  return false;
}

}  // namespace floe::peer
