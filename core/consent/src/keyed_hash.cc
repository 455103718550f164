#include "keyed_hash.h"

#include <bit>
#include <cstring>

namespace floe::consent {
namespace {

class SipHash {
 public:
  explicit SipHash(const HashKey& key)
      : v0_(key.first ^ 0x736f6d6570736575),
        v1_(key.second ^ 0x646f72616e646f6d),
        v2_(key.first ^ 0x6c7967656e657261),
        v3_(key.second ^ 0x7465646279746573) {}

  void add(std::uint64_t word) {
    v3_ ^= word;
    mix();
    v0_ ^= word;
  }
  std::size_t finish() {
    v2_ ^= 0xff;
    for (int i = 0; i < 3; ++i) mix();
    return static_cast<std::size_t>(v0_ ^ v1_ ^ v2_ ^ v3_);
  }

 private:
  void mix() {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }

  std::uint64_t v0_, v1_, v2_, v3_;
};

/// The byte order is this machine's: a hash never leaves it.
template <class Word>
Word load(const std::uint8_t* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

}  // namespace

std::size_t hash_of(const HashKey& key, const TransportAddress& address) {
  SipHash hash(key);
  const std::uint8_t* ip = address.ip.bytes().data();
  if (address.ip.is_ipv4()) {
    hash.add(std::uint64_t{load<std::uint32_t>(ip)} << 16 | address.port);
  } else {
    hash.add(load<std::uint64_t>(ip));
    hash.add(load<std::uint64_t>(ip + 8));
    hash.add(std::uint64_t{address.ip.zone()} << 16 | address.port);
  }
  return hash.finish();
}

std::size_t hash_of(const HashKey& key, const stun::TransactionId& id) {
  SipHash hash(key);
  hash.add(load<std::uint64_t>(id.data()));
  hash.add(load<std::uint32_t>(id.data() + 8));
  return hash.finish();
}

}  // namespace floe::consent
