#include "authentication_string.h"

#include "floe/types/hex.h"
#include "word_list.h"

namespace floe::peer {
namespace {

constexpr std::string_view kWordsLabel = "floe words 1";
constexpr std::size_t kWordCount = 4;

}  // namespace

AuthenticationString::AuthenticationString(RandomSource& random, Crypto& crypto) : crypto_(crypto) {
  random.fill(nonce_);
}

Sha256Digest AuthenticationString::commit(const Nonce& nonce) const {
  const Bytes parts[] = {nonce};
  return crypto_.sha256(parts);
}

std::string AuthenticationString::commitment() const {
  return to_hex(commit(nonce_));
}

std::string AuthenticationString::nonce() const {
  return to_hex(nonce_);
}

void AuthenticationString::handle_commitment(std::string_view text) {
  Sha256Digest digest;
  if (!peer_commitment_ && parse_hex(text, digest)) peer_commitment_ = digest;
}

void AuthenticationString::forget_peer(bool knows_nonce) {
  peer_commitment_.reset();
  peer_nonce_.reset();
  if (knows_nonce) is_spoilt_ = true;
}

bool AuthenticationString::handle_nonce(std::string_view text) {
  Nonce nonce;
  if (!parse_hex(text, nonce) || !peer_commitment_ || commit(nonce) != *peer_commitment_) {
    return false;
  }
  peer_nonce_ = nonce;
  return true;
}

std::string AuthenticationString::words(const Fingerprints& fingerprints, bool is_client) const {
  if (!peer_nonce_ || is_spoilt_) return {};
  const Nonce& of_client = is_client ? nonce_ : *peer_nonce_;
  const Nonce& of_server = is_client ? *peer_nonce_ : nonce_;
  const Bytes parts[] = {as_bytes(kWordsLabel), as_bytes(fingerprints.client),
                         as_bytes(fingerprints.server), of_client, of_server};
  const Sha256Digest digest = crypto_.sha256(parts);
  std::string words;
  for (std::size_t i = 0; i < kWordCount; ++i) {
    if (i > 0) words += ' ';
    words += word(digest[i]);
  }
  return words;
}

}  // namespace floe::peer
