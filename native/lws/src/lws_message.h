// Translates what libwebsockets says about received data.
#pragma once

#include <libwebsockets.h>

#include "incoming_message.h"
#include "lws_context.h"
#include "outgoing_frames.h"

namespace floe::native {

inline MessageKind message_kind(lws* wsi) {
  return lws_frame_is_binary(wsi) != 0 ? MessageKind::binary : MessageKind::text;
}

inline MessagePiece message_piece(lws* wsi, const void* in, std::size_t length) {
  return {.bytes = {static_cast<const std::uint8_t*>(in), length},
          .rest_of_frame = lws_remaining_packet_payload(wsi),
          .first = lws_is_first_fragment(wsi) != 0,
          .last = lws_is_final_fragment(wsi) != 0,
          .reserved_bits = lws_get_reserved_bits(wsi) != 0};
}

/// An entry of a virtual host's table of protocols. `name` must live as long as the context.
inline lws_protocols make_protocol(const char* name, lws_callback_function* callback) {
  lws_protocols protocol{};
  protocol.name = name;
  protocol.callback = callback;
  protocol.rx_buffer_size = LwsContext::kReadSize;
  // More than the largest block: otherwise it would send less at a time and copy the rest.
  protocol.tx_packet_size = OutgoingFrames::kBlockMax;
  return protocol;
}

}  // namespace floe::native
