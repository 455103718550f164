#include "floe/c/error.h"

#include <cstdint>

const char* floe_error_text(std::uint32_t error) {
  switch (error) {
    case FLOE_OK:
      return "no error";
    case FLOE_ERROR_ARGUMENT:
      return "an argument is NULL but must not be, or is outside its range";
    case FLOE_ERROR_SIZE:
      return "the size field of the structure is not its sizeof";
    case FLOE_ERROR_ADDRESS:
      return "this is not an address that datagrams can be sent to";
    case FLOE_ERROR_CLOSED:
      return "it is closed";
    case FLOE_ERROR_LIMIT:
      return "the limit for this kind of object is reached";
    case FLOE_ERROR_NOT_CONNECTED:
      return "no path to the peer works; nothing was queued: send again when a path is selected";
    case FLOE_ERROR_TOO_BIG:
      return "the data is too long for a datagram (65,507 bytes; encrypted, 16,384), the path, the "
             "buffer given, or, as a message, for the peer";
    case FLOE_ERROR_SYSTEM:
      return "the operating system gave no descriptors";
    case FLOE_ERROR_QUEUE_FULL:
      return "a queue on the way out is full; nothing was queued: send again later";
    case FLOE_ERROR_REFUSED:
      return "the operating system refuses to send the datagram: no route, or a firewall";
    case FLOE_ERROR_URL:
      return "the URL is not ws://HOST/signal/ROOM or wss://HOST/signal/ROOM";
    case FLOE_ERROR_FILE:
      return "the file cannot be read, or it is not a list of certificates in PEM";
    case FLOE_ERROR_IN_CALLBACK:
      return "a callback may not call this function: call it when the callback has returned";
    case FLOE_ERROR_NO_CHANNELS:
      return "the connection carries no data channels: it is in plaintext, or the peer has none";
    case FLOE_ERROR_NOT_BUILT:
      return "the library was built without data channels: build it with -DFLOE_SCTP=ON";
    case FLOE_ERROR_BAD_MESSAGE:
      return "the peer's message is not one of floe.signal.1";
    case FLOE_ERROR_BAD_CANDIDATE:
      return "a candidate of the peer cannot be read";
    case FLOE_ERROR_CREDENTIALS_REUSED:
      return "the peer's restart must change both username fragment and password";
    case FLOE_ERROR_OWN_DESCRIPTION:
      return "the agent received its own message; messages must go to the peer";
  }
  return "not an error of this library";
}
