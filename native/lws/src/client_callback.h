// libwebsockets' calls about client connections.
#pragma once

#include <libwebsockets.h>

#include <memory>

#include "client_attempt.h"

namespace floe::native {

/// The only protocol of client virtual hosts: the subprotocol that the server must agree to differs
/// by connection.
const lws_protocols* client_protocols();

/// Connects as `info` says. The session, or the attempt on failure, hears the result, possibly
/// before this returns.
void connect_client(LwsContext& context, const std::shared_ptr<ClientAttempt>& attempt,
                    lws_client_connect_info& info);

}  // namespace floe::native
