#include "floe/c/error.h"

#include <cstdint>

const char* floe_error_text(std::uint32_t error) {
  switch (error) {
    case FLOE_OK:
      return "no error";
    case FLOE_ERROR_ARGUMENT:
      return "an argument is NULL that must not be, or outside its range";
    case FLOE_ERROR_SIZE:
      return "the size field of the structure is not its sizeof";
    case FLOE_ERROR_ADDRESS:
      return "this is no address that a datagram can be sent to";
    case FLOE_ERROR_CLOSED:
      return "it is closed";
    case FLOE_ERROR_LIMIT:
      return "the limit is reached: no more of these are allowed";
    case FLOE_ERROR_NOT_CONNECTED:
      return "no path to the peer works, and nothing is queued; send again when one is selected";
    case FLOE_ERROR_TOO_BIG:
      return "it does not fit: a datagram has at most 65,507 bytes";
    case FLOE_ERROR_SYSTEM:
      return "the operating system gave no descriptors";
    case FLOE_ERROR_BAD_MESSAGE:
      return "the peer's message is not one of floe.signal.1";
    case FLOE_ERROR_BAD_CANDIDATE:
      return "a candidate of the peer cannot be read";
    case FLOE_ERROR_CREDENTIALS_REUSED:
      return "the peer's restart must change both username fragment and password";
    case FLOE_ERROR_OWN_DESCRIPTION:
      return "the agent's own messages come back to it; they must go to the peer";
  }
  return "not an error of this library";
}
