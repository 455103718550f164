// An object that JavaScript made and has a handle of.
//
// Commands come in through the Machine, one at a time; an object answers with events. Only a
// command destroys an object, so a callback inside of an object never does.
#pragma once

#include <cstdint>
#include <string_view>

#include "command_reader.h"
#include "floe/json/writer.h"
#include "wasm_host.h"

namespace floe::wasm {

class Object {
 public:
  Object(WasmHost& host, std::uint32_t handle) : host_(host), handle_(handle) {}
  virtual ~Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  /// A datagram to send, of Command::transport_send or udp_send. False: it must wait, and will be
  /// offered again. One that cannot be sent at all is taken, and counted.
  virtual bool send_datagram(std::uint16_t, CommandReader) { return true; }
  /// `extra` is the field of the record's header.
  virtual void handle_command(Command command, std::uint16_t extra, CommandReader& in) = 0;
  /// One JSON value with everything that this object counts.
  virtual void write_stats(json::Writer& out) const = 0;
  /// Tells the peer or the server goodbye, if the object needs that; the object is destroyed next.
  virtual void close() {}

  std::uint32_t handle() const { return handle_; }

 protected:
  WasmHost& host() { return host_; }
  const WasmHost& host() const { return host_; }
  EventWriter& emit(Event kind, std::uint16_t extra = 0) {
    return host_.events.begin(kind, handle_, extra);
  }
  /// Tells JavaScript that a command could not be obeyed, and why.
  void refuse(std::string_view code, std::string_view message) {
    emit(Event::refused).text(code).text(message);
  }

 private:
  WasmHost& host_;
  std::uint32_t handle_;
};

}  // namespace floe::wasm
