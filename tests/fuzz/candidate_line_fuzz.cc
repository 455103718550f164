// Any bytes as a candidate line: what was read of it is written and read again.
#include "floe/ice/candidate_grammar.h"
#include "invariant.h"

using namespace floe;
using namespace floe::ice;
using floe::fuzz::expect;

namespace {

bool is_within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check_ranges(const CandidateLine& line, std::string_view text) {
  const Candidate& candidate = line.candidate;
  expect(text.size() <= kCandidateLineSizeMax, "a line longer than allowed");
  expect(candidate.component >= 1 && candidate.component <= kComponentMax, "the component");
  expect(candidate.priority >= 1 && candidate.priority <= 0x7fffffff, "the priority");
  expect(!candidate.foundation.text().empty(), "the foundation");
  expect(is_within(line.host_name, text), "a host name that is not in the line");
  expect(is_within(line.extensions, text), "extensions that are not in the line");
  expect(is_within(line.ufrag, line.extensions), "a ufrag that is not in the extensions");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const auto line = parse_candidate_line(text);
  if (!line) {
    expect(to_text(line.error()) != "?", "a reason without text");
    return 0;
  }
  check_ranges(*line, text);
  const Candidate& candidate = line->candidate;
  const std::string written = write_candidate_line(candidate);
  const auto again = parse_candidate_line(written);
  expect(again.has_value(), "what was written is not read");
  expect(again->candidate.type == candidate.type, "the type changed");
  expect(again->candidate.component == candidate.component, "the component changed");
  expect(again->candidate.priority == candidate.priority, "the priority changed");
  expect(again->candidate.foundation == candidate.foundation, "the foundation changed");
  expect(again->candidate.address == candidate.address, "the address changed");
  if (candidate.type != CandidateType::host && candidate.related) {
    expect(again->candidate.related == candidate.related, "the related address changed");
  }
  expect(write_candidate_line(again->candidate) == written, "writing it again gives another line");
  return 0;
}
