// Why a client of libwebsockets got no connection, in words.
#pragma once

#include <libwebsockets.h>

#include <string>
#include <string_view>

namespace floe::native {

/// `text` is what libwebsockets says; it names an errno by its number, and no HTTP status.
std::string connect_failure(lws* wsi, std::string_view text);

}  // namespace floe::native
