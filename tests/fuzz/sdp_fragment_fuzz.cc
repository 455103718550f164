// Any bytes as a fragment of trickle ICE: what was read of it survives being written and being
// turned into messages.
#include "floe/sdp/message_conversion.h"
#include "invariant.h"

using namespace floe;
using namespace floe::sdp;
using floe::fuzz::expect;

namespace {

std::string_view ufrag_of(const signal::Message& message) {
  const auto* candidate = std::get_if<signal::CandidateMessage>(&message);
  return candidate != nullptr ? candidate->ufrag : std::get<signal::EndOfCandidates>(message).ufrag;
}

void check_messages(std::vector<signal::Message> messages) {
  if (messages.empty()) return;
  const std::string ufrag(ufrag_of(messages.front()));
  std::erase_if(messages, [&](const auto& message) { return ufrag_of(message) != ufrag; });
  const auto made = to_fragment({ufrag, "0123456789abcdefghijkl"}, messages);
  expect(made.has_value(), "messages of a fragment are none for a fragment");
  expect(made->skipped.count() == 0, "something of a fragment is skipped");
  const auto read = parse_fragment(write_fragment(made->description));
  expect(read.has_value(), "what messages became is not read");
  const auto again = trickled_messages(read->description);
  expect(again.has_value(), "what messages became is no message");
  expect(*again == messages, "a message changed by being a fragment");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = parse_fragment(as_text({data, size}));
  if (!read) {
    expect(to_text(read.error().code) != "?", "a reason without text");
    return 0;
  }
  const auto again = parse_fragment(write_fragment(read->description));
  expect(again.has_value(), "what was written is not read");
  expect(again->description == read->description, "it changed by being written");
  expect(again->skipped.count() == 0, "something written cannot be used");
  if (auto messages = trickled_messages(read->description)) check_messages(std::move(*messages));
  return 0;
}
