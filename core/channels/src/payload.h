// How the messages of an application are carried (RFC 8831, section 6.6).
#pragma once

#include "outgoing_queue.h"

namespace floe::channels {

OutgoingMessage to_payload(MessageKind kind, Bytes message);

/// Empty: the protocol is none for messages of an application.
std::optional<MessageKind> kind_of(sctp::PayloadProtocol protocol);
/// What the application is told.
Bytes message_in(sctp::PayloadProtocol protocol, Bytes payload);

}  // namespace floe::channels
