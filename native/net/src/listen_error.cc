#include "floe/native/listen_error.h"

namespace floe::native {

std::string_view to_text(ListenError error) {
  switch (error) {
    case ListenError::address_in_use:
      return "address in use";
    case ListenError::address_not_available:
      return "address not available";
    case ListenError::denied:
      return "denied";
    case ListenError::limit:
      return "no descriptors left";
    case ListenError::bad_setup:
      return "certificate, key or document root cannot be read";
  }
  return "?";
}

}  // namespace floe::native
