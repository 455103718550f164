#include "floe/signal/client_state.h"

namespace floe::signal {

std::string_view to_text(ClientState state) {
  switch (state) {
    case ClientState::idle:
      return "idle";
    case ClientState::connecting:
      return "connecting";
    case ClientState::joining:
      return "joining";
    case ClientState::joined:
      return "joined";
    case ClientState::waiting:
      return "waiting";
    case ClientState::closed:
      return "closed";
  }
  return "?";
}

}  // namespace floe::signal
