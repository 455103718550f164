// How failures of signalling tests show the values they compare.
#pragma once

#include <catch2/catch_tostring.hpp>

#include "floe/json/document.h"
#include "floe/signal/client_state.h"
#include "floe/signal/message_codec.h"

namespace Catch {

template <>
struct StringMaker<floe::signal::MessageError> {
  static std::string convert(floe::signal::MessageError error) {
    return std::string(floe::signal::to_text(error));
  }
};

template <>
struct StringMaker<floe::signal::Message> {
  static std::string convert(const floe::signal::Message& message) {
    return floe::signal::write_message(message);
  }
};

template <>
struct StringMaker<floe::signal::RoomMessage> {
  static std::string convert(const floe::signal::RoomMessage& message) {
    return floe::signal::write_room_message(message);
  }
};

template <>
struct StringMaker<floe::signal::ClientState> {
  static std::string convert(floe::signal::ClientState state) {
    return std::string(floe::signal::to_text(state));
  }
};

}  // namespace Catch
