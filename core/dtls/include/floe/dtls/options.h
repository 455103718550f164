// What an association is made of.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "floe/dtls/setup.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::dtls {

inline namespace limits {
/// Whatever happens, a handshake has ended by then: secured or failed. It begins with the first
/// datagram that this end sends or handles.
inline constexpr Duration kHandshakeTimeMax = std::chrono::seconds(30);
inline constexpr Duration kFirstTimeoutMin = std::chrono::milliseconds(50);
inline constexpr Duration kFirstTimeoutMax = std::chrono::seconds(1);
/// On a path of which ICE has measured nothing.
inline constexpr Duration kFirstTimeoutUnmeasured = std::chrono::milliseconds(400);
/// Until a flight is sent again, however often it was.
inline constexpr Duration kTimeoutMax = std::chrono::seconds(2);
/// Of one association, until the peer's fingerprints are known.
inline constexpr std::size_t kKeptDatagramsMax = 16;
inline constexpr std::size_t kKeptDatagramSizeMax = 2048;
inline constexpr std::size_t kMtuMin = 508;
/// RFC 5246, section 6.2.1: of the data in one record.
inline constexpr std::size_t kDataSizeMax = 1 << 14;
/// The header of a record, the explicit nonce and the tag of AES-GCM.
inline constexpr std::size_t kRecordOverhead = 13 + 8 + 16;
}  // namespace limits

/// Of RFC 5764, section 4.1.2.
enum class SrtpProfile : std::uint16_t {
  aes128_cm_hmac_sha1_80 = 1,
  aes128_cm_hmac_sha1_32 = 2,
};
/// IANA's name.
std::string_view to_text(SrtpProfile profile);

struct Options {
  Role role = Role::client;
  /// What fits into one datagram on the path, without the headers of IP and UDP; kMtuMin at least.
  /// For the handshake: a datagram with data is as long as the data makes it.
  std::size_t mtu = 1200;
  /// As the checks of ICE measured it.
  std::optional<Duration> round_trip{};
  /// The handshake begins before there is a path, and something else carries it and repeats it: no
  /// time passes for it until Session::handle_path().
  bool awaits_path = false;
  /// In the order of preference. Without any, the extension use_srtp is not spoken of.
  std::vector<SrtpProfile> srtp_profiles{};
  /// For a server that answers strangers: the address of this one as bytes. The server then answers
  /// only to who can repeat a cookie. An address that ICE has checked needs none.
  ByteVector stranger{};
};

/// When to send a flight again for the first time.
Duration first_timeout(const Options& options);

}  // namespace floe::dtls
