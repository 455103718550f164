// Between SDP and the messages of floe.signal.1, so that a browser or an SFU can be the other end.
//
//   a peer's description   parse_description() → to_messages()      → signal::Session::receive()
//   a peer's fragment      parse_fragment()    → trickled_messages() → the same
//   a message to the peer  to_description()    → write_description(), or patch_description()
//                          to_fragment()       → write_fragment()
//
// core/sdp/README.md says which parts survive the conversion.
#pragma once

#include <vector>

#include "floe/sdp/description_codec.h"
#include "floe/signal/message.h"
#include "floe/types/address.h"

namespace floe::sdp {

/// Which of the two a description is (RFC 3264).
enum class SdpType : std::uint8_t {
  offer,   ///< or it is not known
  answer,  ///< its setup says who begins DTLS
};

/// The values, besides those of the message, of a description for data channels only (RFC 8841).
/// Without a message's `dtls` the description is enough for ICE, but no browser accepts it.
struct DataSession {
  std::uint64_t id = 0;  ///< RFC 9429, section 5.2.1: 62 random bits, the same in each description
  std::uint64_t version = 0;  ///< one more with each description
  /// Sections to make even if no candidate names them; they come before the sections that
  /// candidates name.
  std::vector<std::string> mids = {};
  /// All sections use the transport of the first. False: each section is a data stream of its own,
  /// for an agent with several streams.
  bool bundle = true;
  SdpType type = SdpType::offer;
  /// For messages without their own.
  signal::SctpParameters sctp = {.message_size_max = 262'144};
  /// The family of the default destination while there is no candidate.
  Family family = Family::ipv4;
};

/// One section for each mid, all with the same credentials. Candidates and options that SDP cannot
/// express are skipped; SDP must be able to express the credentials, mids and `dtls`, but for its
/// commitment, which is lost.
Result<ReadDescription, Problem> to_description(const signal::Description& message,
                                                const DataSession& session = {});

/// One generation as one text: a signal::Description, and the candidates and ends of candidates
/// that followed it; descriptions of the same generation are merged. Sections with candidates of
/// their own are not bundled, whatever `session.bundle` says. Refused: messages of two generations,
/// a signal::RestartRequest and a signal::Bye.
Result<ReadDescription, Problem> to_description(const std::vector<signal::Message>& messages,
                                                const DataSession& session = {});

/// A signal::Description for each pair of credentials, usually one, in the order of the sections.
/// After them come, each as a signal::CandidateMessage, the candidates whose own `ufrag` names
/// another generation, and the candidates beyond the limit of one description. Rejected sections
/// are left out. Of sections with the same credentials, the first that has fingerprints says what
/// secures them.
Result<std::vector<signal::Message>, Problem> to_messages(const SessionDescription& description,
                                                          SdpType type = SdpType::offer);

/// Makes a fragment from each signal::CandidateMessage and signal::EndOfCandidates of one
/// generation, and from the candidates of a signal::Description. The pseudo m-lines are for data
/// channels; a program that sends media must set them to the m-lines of its description.
Result<ReadDescription, Problem> to_fragment(const ice::Credentials& credentials,
                                             const std::vector<signal::Message>& messages);

/// A signal::CandidateMessage for each candidate, and a signal::EndOfCandidates for each section
/// that has ended. A fragment that begins a generation, as the answer to a restart does in WHIP
/// (RFC 9725), is for to_messages() instead.
Result<std::vector<signal::Message>, Problem> trickled_messages(const SessionDescription& fragment);

}  // namespace floe::sdp
