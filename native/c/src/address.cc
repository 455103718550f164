#include "floe/c/address.h"

#include <cstring>

#include "conversion.h"

floe_error floe_address_parse(const char* text, floe_address* address) {
  if (text == nullptr || address == nullptr) return FLOE_ERROR_ARGUMENT;
  const auto parsed = floe::TransportAddress::parse(text);
  if (!parsed) return FLOE_ERROR_ADDRESS;
  *address = floe::c::to_c(*parsed);
  return FLOE_OK;
}

floe_error floe_address_format(const floe_address* address, char* text, std::size_t size) {
  if (address == nullptr || text == nullptr) return FLOE_ERROR_ARGUMENT;
  const auto known = floe::c::from_c(*address);
  if (!known) return FLOE_ERROR_ADDRESS;
  const std::string written = known->to_text();
  if (written.size() >= size) return FLOE_ERROR_TOO_BIG;
  std::memcpy(text, written.c_str(), written.size() + 1);
  return FLOE_OK;
}
