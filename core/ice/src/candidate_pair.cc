#include "floe/ice/candidate_pair.h"

namespace floe::ice {

std::string_view to_text(PairState state) {
  switch (state) {
    case PairState::frozen:
      return "frozen";
    case PairState::waiting:
      return "waiting";
    case PairState::in_progress:
      return "in-progress";
    case PairState::succeeded:
      return "succeeded";
    case PairState::failed:
      return "failed";
    case PairState::removed:
      return "removed";
  }
  return "?";
}

std::string_view to_text(PairFailure failure) {
  switch (failure) {
    case PairFailure::none:
      return "none";
    case PairFailure::timed_out:
      return "no answer";
    case PairFailure::refused:
      return "refused by the peer";
    case PairFailure::asymmetric:
      return "the answer came from or to another address";
    case PairFailure::silent:
      return "it worked, then the peer stopped answering";
    case PairFailure::socket_gone:
      return "the local socket was closed";
    case PairFailure::candidate_removed:
      return "the peer removed its candidate";
    case PairFailure::not_needed:
      return "another pair was nominated";
    case PairFailure::relay_gone:
      return "the relay is gone";
    case PairFailure::relay_refused:
      return "refused by the relay";
  }
  return "?";
}

}  // namespace floe::ice
