#include "floe/turn/transport.h"

namespace floe::turn {

std::string_view to_text(Transport transport) {
  switch (transport) {
    case Transport::udp:
      return "udp";
    case Transport::tcp:
      return "tcp";
    case Transport::tls:
      return "tls";
  }
  return "?";
}

}  // namespace floe::turn
