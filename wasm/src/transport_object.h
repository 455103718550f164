// An ICE transport as JavaScript sees it: an agent over a network's sockets, and, when JavaScript
// wants to negotiate by messages, the session that translates them.
#pragma once

#include <memory>
#include <optional>

#include "chosen_addresses.h"
#include "floe/driver/agent_driver.h"
#include "network_object.h"
#include "transport_events.h"

namespace floe::wasm {

class TransportObject final : public Object {
 public:
  /// Without `addresses`, all of the network's are used. `shared_pacer` must outlive the object.
  TransportObject(WasmHost& host, std::uint32_t handle, std::shared_ptr<NetworkObject> network,
                  List<IpAddress> addresses, const ice::AgentConfig& config,
                  ice::SharedPacer& shared_pacer);

  bool send_datagram(std::uint16_t component, CommandReader in) override;
  void handle_command(Command command, std::uint16_t extra, CommandReader& in) override;
  void write_stats(json::Writer& out) const override;
  void close() override;

 private:
  void gather(CommandReader& in);
  void start(CommandReader& in);
  void add_candidate(std::string_view line);
  void remove_candidate(std::string_view line);
  /// The candidate of the line; empty, and the command refused, when this version cannot use it.
  std::optional<ice::Candidate> read_candidate(std::string_view line);
  void restart();

  void negotiate(CommandReader& in);
  void receive(std::string_view text);

  std::shared_ptr<NetworkObject> network_;
  ChosenAddresses addresses_;
  TransportEvents events_;
  AgentDriver driver_;
};

}  // namespace floe::wasm
