#include "native_room.h"

#include <algorithm>

#include "conversion.h"
#include "event_log.h"
#include "floe/api/datagram_socket.h"
#include "native_host.h"

namespace floe::c {
namespace {

constexpr floe_room_state room_state_of(signal::ClientState state) {
  switch (state) {
    case signal::ClientState::idle:
      return FLOE_ROOM_IDLE;
    case signal::ClientState::connecting:
      return FLOE_ROOM_CONNECTING;
    case signal::ClientState::joining:
      return FLOE_ROOM_JOINING;
    case signal::ClientState::joined:
      return FLOE_ROOM_JOINED;
    case signal::ClientState::waiting:
      return FLOE_ROOM_WAITING;
    case signal::ClientState::closed:
      return FLOE_ROOM_CLOSED;
  }
  return FLOE_ROOM_CLOSED;
}

constexpr floe_waiting waiting_from(WaitingFor what) {
  switch (what) {
    case WaitingFor::server:
      return FLOE_WAITING_SERVER;
    case WaitingFor::peers:
      return FLOE_WAITING_PEERS;
    case WaitingFor::answer:
      return FLOE_WAITING_ANSWER;
    case WaitingFor::path:
      return FLOE_WAITING_PATH;
    case WaitingFor::admission:
      return FLOE_WAITING_ADMISSION;
    case WaitingFor::place:
      return FLOE_WAITING_PLACE;
    case WaitingFor::token:
      return FLOE_WAITING_TOKEN;
  }
  return FLOE_WAITING_SERVER;
}

}  // namespace

Result<Bytes, floe_error> check_datagram(std::uint16_t components, std::uint16_t component,
                                         const void* data, std::size_t size) {
  if (data == nullptr && size != 0) return FLOE_ERROR_ARGUMENT;
  if (component == 0 || component > components) return FLOE_ERROR_ARGUMENT;
  if (size > kMaxDatagramSize) return FLOE_ERROR_TOO_BIG;
  return Bytes(static_cast<const std::uint8_t*>(data), size);
}

RoomObject::RoomObject(HostObject& owner, native::SystemHost& host, const floe_room_config& config,
                       RoomOptions options)
    : owner_(owner),
      host_(host.api()),
      config_(config),
      components_(options.connection.agent.components),
      log_(host.api().log),
      room_(host.api(), host.message_channels(), std::move(options)) {
  set_callbacks();
}

// The connections go before their handles do, and channels before their connection.
RoomObject::~RoomObject() {
  for (const auto& handle : connections_) handle->channels.reset();
}

template <class Function, class... Arguments>
void RoomObject::call(Function function, Arguments... arguments) {
  if (function == nullptr) return;
  const Calls::Callback callback(owner_.calls());
  function(config_.user, arguments...);
}

void RoomObject::set_callbacks() {
  room_.on_connection = [this](Connection& connection, const signal::Peer& peer) {
    begin(connection, peer);
  };
  room_.on_connection_gone = [this](Connection& connection, const signal::Peer&) {
    end(connection);
  };
  room_.on_state = [this](signal::ClientState state) {
    call(config_.on_room_state, room_state_of(state));
  };
  if (config_.on_waiting != nullptr) {
    room_.on_waiting = [this](const Waiting& waiting) {
      call(config_.on_waiting, waiting_from(waiting.what), std::string(waiting.text).c_str());
    };
  }
  if (config_.on_error != nullptr) {
    room_.on_error = [this](std::string_view text) {
      call(config_.on_error, std::string(text).c_str());
    };
  }
}

floe_error RoomObject::send(std::uint16_t component, const void* data, std::size_t size) {
  const auto datagram = check_datagram(components_, component, data, size);
  if (!datagram) return datagram.error();
  bool is_sent = false;
  floe_error error =
      state() == signal::ClientState::closed ? FLOE_ERROR_CLOSED : FLOE_ERROR_NOT_CONNECTED;
  // A callback may end a connection meanwhile.
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    const ice::SendResult result = connections_[i]->connection.send(*datagram, component);
    is_sent = is_sent || result;
    if (result != ice::SendResult::no_path) error = c::to_c(result);
  }
  return is_sent ? FLOE_OK : error;
}

void RoomObject::begin(Connection& connection, const signal::Peer& peer) {
  connections_.push_back(
      std::make_unique<floe_connection>(floe_connection{owner_, connection, peer, components_}));
  floe_connection* handle = connections_.back().get();
  if (config_.plaintext == 0) handle->channels = make_channels(*handle, host_, config_);
  connection.on_datagram = [this, handle](ice::ComponentId component, Bytes datagram) {
    call(config_.on_datagram, handle, component, datagram.data(), datagram.size());
  };
  connection.on_state = [this, handle](ice::State state) {
    call(config_.on_state, handle, c::to_c(state));
  };
  connection.on_event = [this, handle](const ice::Event& event) { note(*handle, event); };
  // note() has written it to the log.
  connection.on_no_path = [this, handle](ice::State state, std::string_view why) {
    call(config_.on_no_path, handle, c::to_c(state), std::string(why).c_str());
  };
  connection.on_secured = [this, handle](const peer::Secured& secured) {
    tell_secured(*handle, secured);
  };
  connection.on_security_failed = [this, handle](const peer::SecurityFailed& failed) {
    tell_insecure(*handle, failed);
  };
  if (config_.on_candidate_error != nullptr) {
    connection.on_candidate_error = [this, handle](const GatheringError& error) {
      call(config_.on_candidate_error, handle, std::string(error.url).c_str(),
           std::uint32_t{error.code}, std::string(error.text).c_str());
    };
  }
  call(config_.on_connection, handle);
}

void RoomObject::note(floe_connection& handle, const ice::Event& event) {
  log_event(log_, handle.peer.name, handle.connection.agent(), event);
  const auto* changed = std::get_if<ice::StateChanged>(&event);
  const bool is_closed = changed != nullptr && changed->state == ice::State::closed;
  if (is_closed && handle.connection.was_closed_by_peer()) {
    log_.log(LogLevel::info, "signal", handle.peer.name + ": " + handle.connection.explanation());
  }
  const auto* selected = std::get_if<ice::SelectedPairChanged>(&event);
  if (selected == nullptr) return;
  const floe_selected_pair pair = c::to_c(selected->pair, selected->component);
  call(config_.on_selected_pair, &handle, &pair);
}

void RoomObject::tell_secured(floe_connection& handle, const peer::Secured& secured) {
  handle.secured = secured;
  if (config_.on_secure == nullptr) return log_secured(log_, handle.peer.name, secured);
  const floe_security security = c::to_c(secured);
  call(config_.on_secure, &handle, &security);
}

void RoomObject::tell_insecure(floe_connection& handle, const peer::SecurityFailed& failed) {
  handle.insecure = failed.message;
  if (config_.on_insecure == nullptr) return log_insecure(log_, handle.peer.name, failed);
  call(config_.on_insecure, &handle, to_text(failed.reason).data(), failed.message.c_str());
}

void RoomObject::end(const Connection& connection) {
  const auto place = std::ranges::find_if(
      connections_, [&](const auto& handle) { return &handle->connection == &connection; });
  if (place == connections_.end()) return;
  floe_connection* gone = place->get();
  gone->channels.reset();
  call(config_.on_gone, gone);
  std::erase_if(connections_,
                [&](const auto& handle) { return &handle->connection == &connection; });
}

}  // namespace floe::c

floe_room_state floe_room_get_state(const floe_room* room) {
  if (room == nullptr || room->object == nullptr) return FLOE_ROOM_CLOSED;
  return floe::c::room_state_of(room->object->state());
}

const char* floe_waiting_text(std::uint32_t reason) {
  // The texts are literals, and end in 0.
  return floe::to_text(static_cast<floe::WaitingFor>(reason - FLOE_WAITING_SERVER)).data();
}
