// How many candidates one peer has sent through the server, per generation.
//
// A candidate message counts one more. A description carries everything known so far and may be
// repeated, so it counts as the larger of what was counted and what it has.
// Limit: kCandidatesMax a generation; kGenerationsCounted generations, the oldest is forgotten.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace floe::signal {

class CandidateQuota {
 public:
  /// False when it would be too many; then nothing is counted.
  bool add_one(std::string_view ufrag);
  bool add_description(std::string_view ufrag, std::size_t candidates);

 private:
  struct Generation {
    std::string ufrag;
    std::size_t count = 0;
  };

  Generation& find(std::string_view ufrag);

  std::vector<Generation> generations_;
};

}  // namespace floe::signal
