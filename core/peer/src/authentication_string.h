// Four words that two people compare, to find out whether somebody is between them.
//
// A middleman has a certificate for each of the two ends, and so the words differ. It could try out
// certificates until they agree, were it not for two secret numbers in the words, one of each end.
// Each end first promises its number by a hash, together with its fingerprint, and tells it only
// when it has the promise and the fingerprint of the other. So a middleman has chosen its
// certificates before it knows what they make of the words, and has one guess in 2^32 (as in ZRTP:
// RFC 6189, section 4.3).
//
//   A ──fingerprint, SHA-256(a)──▶ B      A ◀──fingerprint, SHA-256(b)── B
//   A ──a──▶ B      A ◀──b── B            words of SHA-256(label, both fingerprints, a, b)
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "floe/api/crypto.h"
#include "floe/api/random.h"

namespace floe::peer {

class AuthenticationString {
 public:
  /// `crypto` must outlive the object.
  AuthenticationString(RandomSource& random, Crypto& crypto);

  /// As text, for the peer.
  std::string commitment() const;
  std::string nonce() const;

  /// The first one counts. `text` is 64 hexadecimal digits.
  void handle_commitment(std::string_view text);
  bool has_commitment() const { return peer_commitment_.has_value(); }
  /// Another peer follows. `knows_nonce`: the one before was told the number of this end, which is
  /// no secret any more, so there will be no words.
  void forget_peer(bool knows_nonce);
  /// False: it is not the number that the peer promised.
  bool handle_nonce(std::string_view text);

  struct Fingerprints {
    std::string_view client;
    std::string_view server;
  };
  /// Empty until the peer's number is known, and when it comes too late.
  std::string words(const Fingerprints& fingerprints, bool is_client) const;

 private:
  using Nonce = std::array<std::uint8_t, 32>;

  Sha256Digest commit(const Nonce& nonce) const;

  Crypto& crypto_;
  Nonce nonce_{};
  std::optional<Sha256Digest> peer_commitment_;
  std::optional<Nonce> peer_nonce_;
  bool is_spoilt_ = false;
};

}  // namespace floe::peer
