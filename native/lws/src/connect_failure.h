// Why a client of libwebsockets got no connection, in words.
#pragma once

#include <libwebsockets.h>

#include <string>
#include <string_view>

namespace floe::native {

struct ConnectFailure {
  std::string text;
  bool is_refusal = false;  ///< see ChannelClosed
};

/// `text` is what libwebsockets says; it names an errno by its number, and no HTTP status.
ConnectFailure connect_failure(lws* wsi, std::string_view text);

}  // namespace floe::native
