// The messages between two agents (floe.signal.1).
//
// `ufrag` is always the sender's own, and names the generation. A member that is absent in JSON has
// the protocol's default here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "floe/ice/credentials.h"
#include "floe/ice/role.h"

namespace floe::signal {

/// The media section of an agent without SDP.
inline constexpr std::string_view kDefaultSdpMid = "0";

/// W3C's RTCIceCandidateInit, as far as it concerns ICE.
struct CandidateInit {
  std::string candidate;  ///< RFC 8839's line without "a=" ("a=" is accepted); not parsed yet
  std::string sdp_mid{kDefaultSdpMid};

  bool operator==(const CandidateInit&) const = default;
};

/// The hash of the certificate that the sender will show (RFC 8122, section 5); not parsed yet.
struct FingerprintInit {
  std::string algorithm;  ///< "sha-256"
  std::string value;      ///< "AB:CD…"

  bool operator==(const FingerprintInit&) const = default;
};

/// What RFC 8842 tells in SDP. The same in all descriptions of one association, except `setup`.
struct DtlsParameters {
  std::string setup;                          ///< "actpass", "active" or "passive"
  std::vector<FingerprintInit> fingerprints;  ///< one of them must match; 1 to kFingerprintsMax
  /// RFC 8842, section 4: names the association. Empty: the sender gives it no name.
  std::string id;
  /// The SHA-256 of the 32 bytes that a Reveal tells later, as 64 hexadecimal digits. Empty: the
  /// sender has no short authentication string.
  std::string commitment;
  /// The receiver's association that this one goes with. Empty: the sender knows none.
  std::string peer_id = {};

  bool operator==(const DtlsParameters&) const = default;
};

/// What RFC 8841 tells in SDP: the sender carries data channels.
struct SctpParameters {
  std::uint16_t port = 5000;
  /// RFC 8841, section 6: the longest message in bytes that the sender takes; 0: any.
  std::uint32_t message_size_max = 65'536;

  bool operator==(const SctpParameters&) const = default;
};

/// RFC 8842, section 4: kDtlsIdSizeMin to kDtlsIdSizeMax letters, digits and "+", "/", "-", "_".
bool is_valid_dtls_id(std::string_view text);

/// One generation of the sender, with the candidates found so far.
struct Description {
  ice::Credentials credentials;
  bool ice_lite = false;
  std::vector<std::string> ice_options;
  std::optional<ice::Role> role;  ///< a hint: error 487 resolves a role conflict
  /// The receiver's generation that the sender pairs this one with; nothing when it knows none.
  std::optional<std::string> remote_ufrag;
  /// RFC 8839, section 5.5, in ms; nothing stands for the default, 50.
  std::optional<std::uint32_t> ice_pacing;
  std::vector<CandidateInit> candidates;
  bool end_of_candidates = false;
  std::optional<DtlsParameters> dtls;       ///< empty: the sender does not encrypt
  std::optional<SctpParameters> sctp = {};  ///< empty: the sender carries no data channels
  /// Entries of a message that was read: those that are no candidate, or beyond kCandidatesMax.
  std::uint32_t candidates_skipped = 0;

  bool operator==(const Description&) const = default;
};

struct CandidateMessage {
  std::string ufrag;
  CandidateInit init;

  bool operator==(const CandidateMessage&) const = default;
};

struct EndOfCandidates {
  std::string ufrag;
  std::string sdp_mid{kDefaultSdpMid};

  bool operator==(const EndOfCandidates&) const = default;
};

/// The candidate cannot be used any more, for instance because its network is gone.
struct CandidateRemoved {
  std::string ufrag;
  CandidateInit init;

  bool operator==(const CandidateRemoved&) const = default;
};

/// Asks the peer to restart; it is not a restart itself.
struct RestartRequest {
  bool operator==(const RestartRequest&) const = default;
};

struct Bye {
  std::string reason;  ///< a text to be shown

  bool operator==(const Bye&) const = default;
};

/// The number behind DtlsParameters::commitment. It is told after the peer's commitment has come.
struct Reveal {
  std::string nonce;    ///< 64 hexadecimal digits
  std::string id = {};  ///< DtlsParameters::id of the sender

  bool operator==(const Reveal&) const = default;
};

using Message = std::variant<Description, CandidateMessage, EndOfCandidates, CandidateRemoved,
                             RestartRequest, Bye, Reveal>;

/// The value of `type` in JSON: "description", "candidate" and so on.
std::string_view type_of(const Message& message);

}  // namespace floe::signal
