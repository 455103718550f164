// Between SDP and the messages of floe.signal.1, so that a browser or an SFU can be the other end.
//
//   a peer's description   parse_description() → to_messages()      → signal::Session::receive()
//   a peer's fragment      parse_fragment()    → trickled_messages() → the same
//   a message to the peer  to_description()    → write_description(), or patch_description()
//                          to_fragment()       → write_fragment()
//
// README.md beside this room says what survives.
#pragma once

#include <vector>

#include "floe/sdp/description_codec.h"
#include "floe/signal/message.h"
#include "floe/types/address.h"

namespace floe::sdp {

/// What a description needs besides ICE when it is to carry data channels and nothing else
/// (RFC 8841). Without fingerprint and setup it is enough for ICE, and no browser takes it.
struct DataSession {
  std::uint64_t id = 0;  ///< RFC 9429, section 5.2.1: 62 random bits, the same in each description
  std::uint64_t version = 0;  ///< one more with each description
  /// Sections to make although no candidate names them, before those that candidates name.
  std::vector<std::string> mids = {};
  /// All sections use the transport of the first. False: each is a data stream of its own, as those
  /// of an agent of several streams are.
  bool bundle = true;
  std::optional<Setup> setup = {};  ///< actpass to offer; active or passive to answer
  std::vector<Fingerprint> fingerprints = {};
  std::uint32_t sctp_port = 5000;
  std::uint32_t max_message_size = 262144;
  /// Of the default destination while there is no candidate.
  Family family = Family::ipv4;
};

/// One section for each mid, all with the same credentials. Candidates and
/// options that SDP cannot say are skipped; credentials and mids must be such as it can.
Result<ReadDescription, Problem> to_description(const signal::Description& message,
                                                const DataSession& session = {});

/// A signal::Description for each pair of credentials, usually one, in the order in which sections
/// have them. After them, as signal::CandidateMessage, candidates whose own `ufrag` names another
/// generation, and those beyond what one description may have. Rejected sections say nothing.
Result<std::vector<signal::Message>, Problem> to_messages(const SessionDescription& description);

/// Out of signal::CandidateMessage and signal::EndOfCandidates of one generation. The pseudo
/// m-lines are those of data channels; a program that sends media sets them to those of the
/// description.
Result<ReadDescription, Problem> to_fragment(const ice::Credentials& credentials,
                                             const std::vector<signal::Message>& messages);

/// A signal::CandidateMessage for each candidate, and a signal::EndOfCandidates for each section
/// that has ended. A fragment that begins a generation, as the answer to a restart does in WHIP
/// (RFC 9725), is for to_messages() instead.
Result<std::vector<signal::Message>, Problem> trickled_messages(const SessionDescription& fragment);

}  // namespace floe::sdp
