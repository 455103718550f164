// An IP address and port in the C API.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "floe/c/error.h"
#include "floe/c/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The address that a datagram comes from or goes to. To compare two addresses, compare all
/// members: members that do not apply are 0 in every address that the library gives.
typedef struct floe_address {
  uint8_t bytes[16];  ///< network order; IPv4 uses the first four
  uint32_t zone;      ///< interface index of a link-local IPv6 address, else 0; never signalled
  uint16_t port;      ///< host order, 0 to 65535
  uint8_t family;     ///< 4 or 6
  uint8_t reserved;   ///< 0
} floe_address;

/// The size of the longest text of an address, with the 0 at its end.
#define FLOE_ADDRESS_TEXT_SIZE 64

/// Reads "192.0.2.1:3478" or "[2001:db8::1]:3478"; no names, no zones. Leaves `address` alone when
/// it fails: FLOE_ERROR_ADDRESS, or FLOE_ERROR_ARGUMENT for a NULL.
FLOE_API floe_error floe_address_parse(const char* text, floe_address* address);

/// Writes the same text (RFC 5952 for IPv6, without the zone) and a 0 into `text`, which has `size`
/// bytes. FLOE_ERROR_TOO_BIG when they are too few: then `text` is untouched, and
/// FLOE_ADDRESS_TEXT_SIZE would have been enough. FLOE_ERROR_ADDRESS when the family is neither 4
/// nor 6.
FLOE_API floe_error floe_address_format(const floe_address* address, char* text, size_t size);

#ifdef __cplusplus
}  // extern "C"
#endif
