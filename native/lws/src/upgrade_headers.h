// Reads the heads of requests from libwebsockets.
#pragma once

#include <libwebsockets.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/native/http_handler.h"
#include "floe/native/web_socket_acceptor.h"

namespace floe::native {

/// The request without the agreed subprotocol; empty when a header is too long.
std::optional<UpgradeRequest> read_upgrade_request(lws* wsi, const TransportAddress& peer);

/// The request without its body; empty when a header is too long, or the method is none of HTTP's.
std::optional<HttpRequest> read_http_request(lws* wsi, int method, std::string_view path,
                                             const TransportAddress& peer);

/// The Host header; empty when there is none. Nothing when it is too long.
std::optional<std::string> host_of(lws* wsi);

/// The Content-Length; empty when there is none. One that is no number is as long as can be.
std::optional<std::uint64_t> content_length(lws* wsi);

/// The names of a Sec-WebSocket-Protocol list, in order.
std::vector<std::string_view> split_list(std::string_view list);

}  // namespace floe::native
