// The module as a whole: its objects by handle, and the work of the exports.
//
// Everything happens in turns: time moves to `now`, timers that are due fire, the turn handles its
// commands or its message, then the networks send the gathered records. Events wait in
// host().events until JavaScript takes them.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "floe/wire/byte_reader.h"
#include "network_object.h"
#include "transport_object.h"

namespace floe::wasm {

class Machine {
 public:
  /// A batch of records (record_kind.h).
  void handle_commands(Timestamp now, Bytes batch);
  /// Handles an event of a WebSocket; `event` is called with all WebSockets.
  template <class WebSocketEvent>
  void handle_channel(Timestamp now, WebSocketEvent&& event) {
    begin_turn(now);
    event(host_.web_sockets);
    end_turn();
  }
  void handle_timeout(Timestamp now);

  Timestamp deadline() const { return host_.timers.deadline(); }
  EventWriter& events() { return host_.events; }

 private:
  struct Record {
    /// Of no meaning when `in` has no whole record.
    Record(ByteReader& in, Bytes batch);
    Bytes whole;  ///< the header, too
    std::uint32_t size;
    std::uint32_t handle;
    Command command;
    std::uint16_t extra;
    CommandReader fields;
  };

  /// The datagrams of one object, as whole records.
  struct Held {
    std::uint32_t handle;
    ByteVector records;
  };

  void begin_turn(Timestamp now);
  void end_turn();
  /// Sends the datagram of a command. False: it must wait.
  bool send(const Record& record);
  /// Keeps the datagrams of an object in order. One object does not wait for another.
  void send_or_hold(const Record& record);
  void send_held();
  void handle(Record& record);
  void create_gateway(Record& record);
  void create_system_network(Record& record);
  void create_transport(Record& record);
  void create_udp(Record& record);
  void create_signaling(Record& record);
  void close(std::uint32_t handle);
  void answer_stats(Record& record);
  void refuse(std::uint32_t handle, std::string_view code, std::string_view message);
  std::shared_ptr<NetworkObject> find_network(std::uint32_t handle);
  /// Replaces the object that has the same handle, if there is one.
  void add(std::unique_ptr<Object> object);
  std::vector<std::unique_ptr<Object>>::iterator place_of(std::uint32_t handle);
  Object* find(std::uint32_t handle);

  WasmHost host_;
  ice::SharedPacer shared_pacer_;
  std::vector<std::shared_ptr<NetworkObject>> networks_;  // a page has one or two
  std::vector<std::unique_ptr<Object>> objects_;          // all but networks, sorted by handle
  /// Datagrams that the networks do not take yet. JavaScript brings no more than its limit.
  std::vector<Held> held_;
  std::uint32_t taken_bytes_ = 0;  // of datagrams; JavaScript is not told yet
};

}  // namespace floe::wasm
