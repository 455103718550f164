// Any bytes as a session description: what was read of it survives being written, being patched and
// being turned into messages.
#include "floe/sdp/message_conversion.h"
#include "floe/sdp/patch.h"
#include "invariant.h"

using namespace floe;
using namespace floe::sdp;
using floe::fuzz::expect;

namespace {

void check_limits(const ReadDescription& read) {
  const SessionDescription& description = read.description;
  expect(description.media.size() <= kMediaSectionsMax, "too many sections");
  expect(description.bundles.size() <= kBundlesMax, "too many bundles");
  expect(read.skipped.kept().size() <= kProblemsKept, "too many problems kept");
  for (const Problem& problem : read.skipped.kept()) {
    expect(!is_fatal(problem.code) && problem.line > 0, "a problem without a line");
  }
  for (const MediaSection& section : description.media) {
    expect(section.candidates.size() <= kCandidatesPerSectionMax, "too many candidates");
    expect(description.ice_options(section).size() <= kIceOptionsMax, "too many options");
    expect(description.security(section).fingerprints.size() <= kFingerprintsMax,
           "too many fingerprints");
    for (const std::string& line : section.candidates) {
      expect(ice::parse_candidate_line(line).has_value(), "a candidate that cannot be read");
    }
  }
}

void check_rewriting(const SessionDescription& description) {
  const auto again = parse_description(write_description(description));
  expect(again.has_value(), "what was written is not read");
  expect(again->description == description, "it changed by being written");
  expect(again->skipped.count() == 0, "something written cannot be used");
}

/// Messages that a description became say the same when they have been one again, but that the
/// description of a message without `sctp` has the values of DataSession.
void check_message(signal::Description message) {
  const auto made = to_description(message);
  expect(made.has_value(), "a message of SDP is none for SDP");
  expect(made->skipped.count() == 0, "something of a message of SDP is skipped");
  const auto read = parse_description(write_description(made->description));
  expect(read.has_value(), "what a message became is not read");
  const auto messages = to_messages(read->description);
  expect(messages && messages->size() == 1, "one message became more");
  if (!message.sctp) message.sctp = DataSession().sctp;
  expect(messages->front() == signal::Message(message), "a message changed by being SDP");
}

void check_patch(std::string_view text, const signal::Description& message) {
  for (const auto destination : {DefaultDestination::keep, DefaultDestination::replace}) {
    const auto patched = patch_description(text, message, destination);
    expect(patched.has_value(), "a description that was read cannot be patched");
    const auto again = patch_description(patched->text, message, destination);
    expect(again && again->text == patched->text, "the second patch changes what the first made");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const auto read = parse_description(text);
  if (!read) {
    expect(to_text(read.error().code) != "?", "a reason without text");
    return 0;
  }
  check_limits(*read);
  check_rewriting(read->description);
  signal::Description ours;
  ours.credentials = {"Ab3d", "0123456789abcdefghijkl"};
  ours.candidates = {{"candidate:1 1 udp 1 192.0.2.1 5 typ host", "0"}};
  if (size % 2 == 0) ours.dtls = signal::DtlsParameters{"active", {{"sha-256", "AB"}}, "", ""};
  if (read->description.media.size() < kMediaSectionsMax) check_patch(text, ours);
  const auto messages = to_messages(read->description);
  if (!messages) return 0;
  for (const signal::Message& message : *messages) {
    const auto* description = std::get_if<signal::Description>(&message);
    if (description != nullptr) check_message(*description);
  }
  return 0;
}
