#include "floe/stun/nonce_issuer.h"

#include <algorithm>

#include "floe/wire/base64.h"
#include "floe/wire/byte_reader.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {
namespace {

constexpr std::size_t kTimeSize = 4;
constexpr std::size_t kMacSize = 11;
using Stamp = std::array<std::uint8_t, kTimeSize + kMacSize>;
static_assert(kIssuedNonceSize == kNonceCookieSize + sizeof(Stamp) / 3 * 4);

std::uint32_t seconds_of(Timestamp now) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  return static_cast<std::uint32_t>(seconds.count());
}

}  // namespace

NonceIssuer::NonceIssuer(Crypto& crypto, Bytes key, const SecurityFeatures& features,
                         Duration lifetime)
    : key_(crypto.hmac_sha256(key)), cookie_(write_nonce_cookie(features)), lifetime_(lifetime) {}

IssuedNonce NonceIssuer::issue(Timestamp now, const TransportAddress& source) const {
  return write(seconds_of(now), source);
}

NonceIssuer::Check NonceIssuer::check(Timestamp now, const TransportAddress& source,
                                      std::string_view nonce) const {
  if (nonce.size() != kIssuedNonceSize) return Check::foreign;
  Stamp stamp;
  if (!decode_base64(nonce.substr(kNonceCookieSize), stamp)) return Check::foreign;
  const std::uint32_t seconds = ByteReader(stamp).u32();
  const IssuedNonce expected = write(seconds, source);
  if (!equal_in_constant_time(as_bytes({expected.data(), expected.size()}), as_bytes(nonce))) {
    return Check::foreign;
  }
  // The difference is unsigned: a time in the future, from before a restart of the server, counts
  // as long ago.
  const std::chrono::seconds age(seconds_of(now) - seconds);
  return age <= lifetime_ ? Check::valid : Check::expired;
}

IssuedNonce NonceIssuer::write(std::uint32_t seconds, const TransportAddress& source) const {
  Stamp stamp;
  ByteWriter time(stamp);
  time.u32(seconds);
  std::array<std::uint8_t, 2> port;
  ByteWriter(port).u16(source.port);
  const std::array<Bytes, 4> parts{as_bytes({cookie_.data(), cookie_.size()}), time.written(),
                                   source.ip.bytes(), Bytes(port)};
  const Sha256Digest mac = key_->compute(parts);
  std::copy_n(mac.begin(), kMacSize, stamp.begin() + kTimeSize);
  IssuedNonce nonce;
  std::copy(cookie_.begin(), cookie_.end(), nonce.begin());
  std::ranges::copy(encode_base64(stamp), nonce.begin() + kNonceCookieSize);
  return nonce;
}

}  // namespace floe::stun
