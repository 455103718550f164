// How many candidates one peer has sent through the server, per generation.
//
// A candidate message adds one to the count. A description carries all candidates known so far and
// may be repeated, so it only raises the count to its own number of candidates.
// Limits: kCandidatesMax candidates a generation; kGenerationsCounted generations, beyond which the
// oldest is forgotten.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace floe::signal {

class CandidateQuota {
 public:
  /// False when the generation would have too many; then nothing is counted.
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
