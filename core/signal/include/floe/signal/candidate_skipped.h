// A candidate of the peer that was read and is not used.
#pragma once

#include <string>

namespace floe::signal {

struct CandidateSkipped {
  std::string candidate;  ///< the peer's line, untrusted
  std::string reason;     ///< half a sentence, for people

  bool operator==(const CandidateSkipped&) const = default;
};

}  // namespace floe::signal
