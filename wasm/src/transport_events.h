// Tells JavaScript what happens in the connection of one transport.
#pragma once

#include <string>

#include "event_writer.h"
#include "floe/driver/agent_driver.h"

namespace floe::wasm {

class TransportEvents final : public AgentListener {
 public:
  /// The events carry `handle`. `driver` may be constructed later, with this as its listener.
  TransportEvents(EventWriter& out, std::uint32_t handle, const AgentDriver& driver)
      : out_(out), handle_(handle), driver_(driver) {}

  /// Tells JavaScript the parameters of both sides that it does not know yet.
  void tell_description();
  /// Tells JavaScript the peer's candidates that it does not know yet.
  void tell_remote_candidates();
  /// A message of the peer could not be used, and why.
  void tell_bad_message(std::string_view why);

  void on_agent_event(const ice::Event& event) override;
  void on_gathering_error(const GatheringError& error) override;
  void on_message_ready(const signal::Message& message) override;
  void on_message_error(const signal::SessionError& error) override;
  void on_peer_candidate_skipped(const signal::CandidateSkipped& skipped) override;
  void on_peer_bye(std::string_view reason) override;
  void on_connection_secured(const peer::Secured& secured) override;
  void on_connection_insecure(const peer::SecurityFailed& failed) override;

 private:
  void tell(const ice::StateChanged& changed);
  void tell(const ice::GatheringChanged& changed);
  void tell(const ice::LocalCandidateFound& found);
  void tell(const ice::LocalCandidateRemoved& removed);
  void tell(const ice::GatheringFailed&) {}  // comes as on_gathering_error()
  void tell(const ice::LateSocketAdded&) {}  // the application watches networks itself
  void tell(const ice::SelectedPairChanged& changed);
  void tell(const ice::DataReceived& received);
  void tell(const ice::RoleChanged& changed);
  std::string_view relay_protocol(const ice::Candidate& local) const;
  EventWriter& emit(Event kind, std::uint16_t extra = 0) {
    return out_.begin(kind, handle_, extra);
  }

  EventWriter& out_;
  std::uint32_t handle_;
  const AgentDriver& driver_;
  std::string told_local_ufrag_;
  std::string told_remote_ufrag_;
  std::size_t told_remote_candidates_ = 0;
};

}  // namespace floe::wasm
