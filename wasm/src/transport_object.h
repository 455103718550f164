// An ICE transport as JavaScript sees it: an agent over a gateway's sockets, and, when JavaScript
// wants to negotiate by messages, the session that translates them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "chosen_addresses.h"
#include "floe/driver/agent_driver.h"
#include "gateway_object.h"

namespace floe::wasm {

class TransportObject final : public Object, private AgentListener {
 public:
  /// Without `addresses`, all of the gateway's are used. `shared_pacer` must outlive the object.
  TransportObject(WasmHost& host, std::uint32_t handle, std::shared_ptr<GatewayObject> gateway,
                  List<IpAddress> addresses, const ice::AgentConfig& config,
                  ice::SharedPacer& shared_pacer);

  void handle_command(Command command, std::uint16_t extra, CommandReader& in) override;
  void write_stats(json::Writer& out) const override;

 private:
  void on_agent_event(const ice::Event& event) override;
  void on_gathering_error(const GatheringError& error) override;
  void on_message_ready(const signal::Message& message) override;
  void on_message_error(const signal::SessionError& error) override;
  void on_peer_bye(std::string_view reason) override;
  void tell(const ice::StateChanged& changed);
  void tell(const ice::GatheringChanged& changed);
  void tell(const ice::LocalCandidateFound& found);
  void tell(const ice::LocalCandidateRemoved& removed);
  void tell(const ice::GatheringFailed&) {}  // comes as on_gathering_error()
  void tell(const ice::SelectedPairChanged& changed);
  void tell(const ice::DataReceived& received);
  void tell(const ice::RoleChanged& changed);
  std::string_view relay_protocol(const ice::Candidate& local) const;
  void tell_role();
  /// Tells the parameters of both sides and the peer's candidates, as far as they are news.
  void tell_description();
  void tell_remote_candidates();

  void gather(CommandReader& in);
  void start(CommandReader& in);
  void add_candidate(std::string_view line);
  void remove_candidate(std::string_view line);
  /// What the line says; refused when this version cannot use it.
  std::optional<ice::Candidate> read_candidate(std::string_view line);
  void restart();

  void negotiate(bool trickle);
  void receive(std::string_view text);

  std::shared_ptr<GatewayObject> gateway_;
  ChosenAddresses network_;
  AgentDriver driver_;
  std::string told_local_ufrag_;
  std::string told_remote_ufrag_;
  std::size_t told_remote_candidates_ = 0;
};

}  // namespace floe::wasm
