#include "floe/ice/add_candidate_result.h"

namespace floe::ice {

std::string_view to_text(AddCandidateResult result) {
  switch (result) {
    case AddCandidateResult::added:
      return "added";
    case AddCandidateResult::duplicate:
      return "already added";
    case AddCandidateResult::limit:
      return "too many candidates";
    case AddCandidateResult::unknown_component:
      return "component is not in use";
    case AddCandidateResult::unusable:
      return "nothing can be sent to this address";
    case AddCandidateResult::closed:
      return "the agent is closed";
  }
  return "?";
}

}  // namespace floe::ice
