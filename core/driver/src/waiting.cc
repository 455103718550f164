#include "floe/driver/waiting.h"

namespace floe {

std::string_view to_text(WaitingFor what) {
  switch (what) {
    case WaitingFor::server:
      return "signaling-unreachable";
    case WaitingFor::peers:
      return "no-peer";
    case WaitingFor::answer:
      return "no-answer";
    case WaitingFor::path:
      return "no-path-yet";
    case WaitingFor::admission:
      return "signaling-refused";
    case WaitingFor::place:
      return "room-full";
    case WaitingFor::token:
      return "unauthorized";
  }
  return "?";
}

}  // namespace floe
