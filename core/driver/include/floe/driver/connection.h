// An agent with its sockets and its side of the signalling: everything between a transport for
// signalling messages and datagrams that arrive.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "floe/driver/agent_driver.h"
#include "floe/driver/data_layer.h"
#include "floe/driver/mdns_mode.h"
#include "floe/driver/peer_names_listener.h"

namespace floe {

class PeerNames;

struct ConnectionOptions {
  ice::AgentConfig agent = {};
  GatherOptions gather = {};
  bool trickle = true;  ///< false: the description waits for all candidates
  /// On a host without Host::local_names, and with ice::CandidatePolicy::relay, nothing is
  /// resolved. Without the former, `hide` tells the peer no host candidates.
  MdnsMode mdns = MdnsMode::resolve;
  /// Empty: plaintext, which everybody on the path can read and change. The peer must do the same.
  /// A build without DTLS has nothing else: the connection then ends as soon as it starts.
  std::optional<peer::SecurityOptions> security = peer::SecurityOptions{};
  /// When the path is lost, the connection restarts by itself, with a back-off, for as long as the
  /// peer can be told. False: it stays `failed` until restart() is called.
  bool recovers = true;
};

/// The loop calls the functions that a user sets; start(), receive(), restart() and close() may
/// call them, too, before they return. Inside them everything is allowed except destroying the
/// connection.
class Connection final : private AgentListener, private PeerNamesListener {
 public:
  /// `host` comes from the api() of a host; the objects that it refers to must outlive the
  /// connection.
  Connection(const Host& host, ConnectionOptions options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// A message for the peer is ready: carry the messages to the peer in order.
  std::function<void(const signal::Message& message)> on_signal;
  /// A message of the peer could not be used; the sentence `text` says why.
  std::function<void(std::string_view text)> on_signal_error;
  std::function<void(ice::State state)> on_state;
  /// `state` is `failed` or `disconnected`: no path works, or none any more. `why` says in a
  /// sentence or two what was tried, why that failed, and what to do. Default: it is logged.
  std::function<void(ice::State state, std::string_view why)> on_no_path;
  /// A datagram of the peer; the bytes live for the duration of the call.
  std::function<void(ice::ComponentId component, Bytes datagram)> on_datagram;
  /// The path was lost, and the connection has restarted by itself; `attempt` counts from 1, since
  /// the last path. Default: it is logged.
  std::function<void(std::uint32_t attempt)> on_restarted;
  /// A server gave no address; the others and the agent go on. Default: the error is logged.
  std::function<void(const GatheringError& error)> on_candidate_error;
  /// A candidate of the peer was read and is not used. Default: this is logged.
  std::function<void(const signal::CandidateSkipped& skipped)> on_candidate_skipped;
  /// Data can be sent, and only the peer of this fingerprint can read it. Again when the words
  /// become known later. Default: it is logged.
  std::function<void(const peer::Secured& secured)> on_secured;
  /// The connection ends, because the peer is not who it should be, or for want of a handshake.
  /// Default: it is logged.
  std::function<void(const peer::SecurityFailed& failed)> on_security_failed;
  /// Every event of the agent, also the events for which the functions above are called.
  std::function<void(const ice::Event& event)> on_event;

  /// Gives the datagrams of the first component to `layer` first; before start(). The layer must
  /// outlive the connection, or be taken away by null.
  void set_data_layer(DataLayer* layer);
  /// For the layer: the peer has sent this datagram on a channel.
  void deliver(Bytes datagram);
  /// For the layer: sends a packet of its own.
  ice::SendResult send_packet(Bytes packet) { return driver_.send(1, packet); }
  /// Describes the agent to the peer and looks for candidates.
  void start();
  void receive(const signal::Message& message);
  /// See AgentDriver::send(). To a browser, the datagrams of the first component go on a channel of
  /// the layer.
  ice::SendResult send(Bytes datagram, ice::StreamComponent component = 1);
  void restart();
  /// Announces the current generation again, to a peer that may have lost it.
  void repeat_description();
  /// Tells the peer, then closes.
  void close(std::string_view reason = "closed");

  /// `checking` until DTLS is through as well.
  ice::State state() const { return driver_.connection().state(); }
  bool is_connected() const { return driver_.connection().is_connected(); }
  /// Why nothing can be sent, and what to do, in a sentence or two for people; else, the state.
  std::string explanation() const;
  bool was_closed_by_peer() const { return driver_.connection().was_ended_by_peer(); }
  /// The longest datagram for send(); 0 while nothing can be sent.
  std::size_t max_datagram_size(ice::StreamComponent component = 1) const {
    return driver_.connection().max_datagram_size(component);
  }
  /// RFC 5705, for media that is encrypted with SRTP (RFC 5764). Empty before on_secured.
  std::optional<ByteVector> export_keying_material(std::string_view label, std::size_t length,
                                                   ice::StreamComponent component = 1) const {
    return driver_.connection().export_keying_material(component, label, length);
  }
  /// For signal::write_statistics(); empty in plaintext.
  std::optional<signal::DtlsStatistics> dtls_statistics() const {
    return driver_.connection().dtls_statistics();
  }
  const ice::Agent& agent() const { return driver_.agent(); }
  const signal::Session& session() const { return *driver_.connection().session(); }

 private:
  void on_agent_event(const ice::Event& event) override;
  bool is_for_layer(const ice::DataReceived& received);
  void tell_state(ice::State state);
  void on_gathering_error(const GatheringError& error) override;
  void on_message_ready(const signal::Message& message) override;
  void on_message_error(const signal::SessionError& error) override;
  void on_name_wanted(const signal::NameWanted& wanted) override;
  void on_peer_name(const signal::NameResolved& answer) override;
  void on_peer_candidate_skipped(const signal::CandidateSkipped& skipped) override;
  void on_restarted_by_itself(std::uint32_t attempt) override;
  void on_connection_secured(const peer::Secured& secured) override;
  void on_connection_insecure(const peer::SecurityFailed& failed) override;

  ConnectionOptions options_;
  LogSink& log_;
  std::unique_ptr<PeerNames> peer_names_;
  DataLayer* data_layer_ = nullptr;
  AgentDriver driver_;
};

}  // namespace floe
