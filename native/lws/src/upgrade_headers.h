// Reads a WebSocket upgrade request from libwebsockets.
#pragma once

#include <libwebsockets.h>

#include <optional>
#include <string_view>
#include <vector>

#include "floe/native/web_socket_acceptor.h"

namespace floe::native {

/// The request without the agreed subprotocol; empty when a header is too long.
std::optional<UpgradeRequest> read_upgrade_request(lws* wsi, const TransportAddress& peer);

/// The names of a Sec-WebSocket-Protocol list, in order.
std::vector<std::string_view> split_list(std::string_view list);

}  // namespace floe::native
