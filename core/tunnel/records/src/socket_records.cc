#include "floe/tunnel/records/socket_records.h"

namespace floe::tunnel {

SocketCloseReason close_reason_of(BindError error) {
  switch (error) {
    case BindError::address_in_use:
      return SocketCloseReason::address_in_use;
    case BindError::address_not_available:
      return SocketCloseReason::address_not_available;
    case BindError::denied:
      return SocketCloseReason::denied;
    case BindError::limit:
      return SocketCloseReason::limit;
    case BindError::closed:
      return SocketCloseReason::lost;
  }
  return SocketCloseReason::lost;
}

BindError bind_error_of(SocketCloseReason reason) {
  switch (reason) {
    case SocketCloseReason::address_in_use:
      return BindError::address_in_use;
    case SocketCloseReason::address_not_available:
      return BindError::address_not_available;
    case SocketCloseReason::denied:
      return BindError::denied;
    case SocketCloseReason::limit:
      return BindError::limit;
    case SocketCloseReason::requested:
    case SocketCloseReason::lost:
    case SocketCloseReason::going_away:
      return BindError::closed;
  }
  return BindError::closed;
}

}  // namespace floe::tunnel
