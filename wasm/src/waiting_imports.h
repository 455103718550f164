// The functions of a Worker of JavaScript that a module calls in order to wait.
//
// js/src/tools/tool_worker.ts is the other end.
#pragma once

#include <cstddef>
#include <cstdint>

#define FLOE_TOOL_IMPORT(name) __attribute__((import_module("tool"), import_name(name)))

extern "C" {

/// In microseconds, of a clock that never goes back.
FLOE_TOOL_IMPORT("now") double floe_tool_now();
/// Passes a batch of events on (nullptr: none), waits for a batch of commands for `wait_ms` at
/// most, and returns its size; 0 is none.
FLOE_TOOL_IMPORT("wait") std::size_t floe_tool_wait(const std::uint8_t* events, double wait_ms);
/// Fills `out` with the batch that the latest floe_tool_wait() announced.
FLOE_TOOL_IMPORT("take") void floe_tool_take(std::uint8_t* out);
/// Writes to standard output, or to standard error.
FLOE_TOOL_IMPORT("print") void floe_tool_print(const char* text, std::size_t size);
FLOE_TOOL_IMPORT("print_error") void floe_tool_print_error(const char* text, std::size_t size);

}  // extern "C"

#undef FLOE_TOOL_IMPORT
