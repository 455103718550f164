// HMAC (RFC 2104) under one key, with any of the hashes. The inner and the outer hash context have
// already processed the key, so a message costs only its own blocks and one more in each context.
#pragma once

#include <algorithm>

#include "hashes.h"

namespace floe {

template <class Hash, class Interface>
class KeyedHash final : public Interface {
 public:
  using Digest = typename Hash::Digest;

  explicit KeyedHash(Bytes key) {
    Block block{};
    if (key.size() > block.size()) {
      const std::array<Bytes, 1> parts{key};
      const Digest digest = hash<Hash>(parts);
      std::copy(digest.begin(), digest.end(), block.begin());
    } else {
      std::copy(key.begin(), key.end(), block.begin());
    }
    start(inner_, block, 0x36);
    start(outer_, block, 0x5c);
  }

  Digest compute(std::span<const Bytes> parts) const override {
    Context context;
    Hash::clone(context, inner_);
    for (const Bytes part : parts) Hash::update(context, part);
    Digest digest;
    Hash::finish(context, digest);
    Hash::clone(context, outer_);
    Hash::update(context, digest);
    Hash::finish(context, digest);
    return digest;
  }

 private:
  using Context = typename Hash::Context;
  /// RFC 2104, section 2: B, the block length, is 64 for MD5, SHA-1 and SHA-256.
  using Block = std::array<std::uint8_t, 64>;

  static void start(Context& context, Block block, std::uint8_t pad) {
    for (std::uint8_t& byte : block) byte ^= pad;
    Hash::start(context);
    Hash::update(context, block);
  }

  Context inner_;
  Context outer_;
};

}  // namespace floe
