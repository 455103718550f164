// Why a server does not listen.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::native {

enum class ListenError : std::uint8_t {
  address_in_use,
  address_not_available,
  denied,
  limit,      ///< no descriptors left
  bad_setup,  ///< the certificate, its key or the document root cannot be read
};
std::string_view to_text(ListenError error);

}  // namespace floe::native
