// The functions of JavaScript that the module calls. JavaScript passes everything else to it: time,
// messages, commands.
//
// js/src/engine/imports.ts is the other end. Pointers are into the module's memory, and are read or
// filled before the call returns. No function calls back into the module.
#pragma once

#include <cstddef>
#include <cstdint>

// A test that defines these functions itself defines the macro as nothing.
#ifndef FLOE_IMPORT
#define FLOE_IMPORT(name) __attribute__((import_module("floe"), import_name(name)))
#endif

extern "C" {

/// Fills `out` with unpredictable bytes; `size` has no limit.
FLOE_IMPORT("random") void floe_random(std::uint8_t* out, std::size_t size);

/// `level` is a floe::LogLevel.
FLOE_IMPORT("log")
void floe_log(std::uint32_t level, const char* area, std::size_t area_size, const char* text,
              std::size_t text_size);

/// Begins to open a WebSocket; floe_channel_open or floe_channel_closed tells the result later.
FLOE_IMPORT("channel_connect")
void floe_channel_connect(std::uint32_t channel, const char* url, std::size_t url_size,
                          const char* subprotocol, std::size_t subprotocol_size);

/// 1: taken. 0: the WebSocket is not open.
FLOE_IMPORT("channel_send")
std::uint32_t floe_channel_send(std::uint32_t channel, std::uint32_t is_text,
                                const std::uint8_t* message, std::size_t size);

/// The WebSocket's bufferedAmount.
FLOE_IMPORT("channel_buffered") std::size_t floe_channel_buffered(std::uint32_t channel);

/// With `code` 0: closes at once; the module hears nothing more about `channel`. With another code:
/// closes when all sent messages have left, and floe_channel_closed follows.
FLOE_IMPORT("channel_close")
void floe_channel_close(std::uint32_t channel, std::uint32_t code, const char* reason,
                        std::size_t reason_size);

}  // extern "C"

#undef FLOE_IMPORT
