// Where the server of a URL is.
#pragma once

#include <string_view>

namespace floe {

/// Whether the host of `url` is "localhost" or a loopback address. False for what is no URL.
bool is_on_this_host(std::string_view url);

}  // namespace floe
