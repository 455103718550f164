// Pumps one connection, an agent with its signalling, over the sockets and timers of a host.
//
// The agent says what to send and when to wake; the driver opens sockets on the host's addresses,
// hands datagrams in, sends datagrams out and keeps one timer. It has no policy of its own, and it
// is the same on a device, in a page and in a simulation.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "floe/api/host.h"
#include "floe/driver/gather_options.h"
#include "floe/driver/local_sockets_listener.h"
#include "floe/driver/server_lookup.h"
#include "floe/peer/connection.h"
#include "floe/signal/message.h"
#include "floe/signal/session_error.h"
#include "floe/types/list.h"

namespace floe {

/// A server that gave no address (W3C's RTCPeerConnectionIceErrorEvent).
struct GatheringError {
  std::string_view url;                  ///< as the application wrote it
  std::optional<TransportAddress> base;  ///< the base that asked it; empty: it could not be asked
  std::uint16_t code;                    ///< STUN's, or ice::kServerUnreachable
  std::string_view text;                 ///< for people; may be the server's own words
};

class LocalSockets;

class AgentListener {
 public:
  /// Inside this function, any function of the driver may be called, but the driver must not be
  /// destroyed. Views in the event live for the duration of the call. ice::GatheringFailed comes as
  /// on_gathering_error().
  virtual void on_agent_event(const ice::Event& event) = 0;
  /// The same rules hold as for on_agent_event(). Other servers and the agent go on.
  virtual void on_gathering_error(const GatheringError&) {}
  /// A message to carry to the peer, in order. Only a connection that negotiates has messages; a
  /// message comes after the event that caused it.
  virtual void on_message_ready(const signal::Message&) {}
  /// A message of the peer could not be used.
  virtual void on_message_error(const signal::SessionError&) {}
  /// A candidate of the peer was read and is not used.
  virtual void on_peer_candidate_skipped(const signal::CandidateSkipped&) {}
  /// A name of the peer's is to be looked up, then given to peer::Connection::handle_name(). Only
  /// with signal::SessionOptions::resolves_names.
  virtual void on_name_wanted(const signal::NameWanted&) {}
  /// A connection that recovers has lost its path and begun a new generation; `attempt` counts from
  /// 1, since the last path.
  virtual void on_restarted_by_itself(std::uint32_t) {}
  /// The peer ended the connection; the events of closing follow.
  virtual void on_peer_bye(std::string_view) {}
  /// Only a connection that is secured is told so; again when the words become known later.
  virtual void on_connection_secured(const peer::Secured&) {}
  /// The connection ends for this reason; the events of closing follow.
  virtual void on_connection_insecure(const peer::SecurityFailed&) {}

 protected:
  ~AgentListener() = default;
};

class AgentDriver final : private TimerListener,
                          private NetworkListener,
                          private ServerLookupListener,
                          private LocalSocketsListener {
 public:
  /// Objects passed by reference must outlive the driver.
  AgentDriver(const Host& host, const ice::AgentConfig& config, AgentListener& listener,
              ice::SharedPacer* shared_pacer = nullptr);
  ~AgentDriver();
  AgentDriver(const AgentDriver&) = delete;
  AgentDriver& operator=(const AgentDriver&) = delete;

  /// Opens one socket for each address, stream and component, and asks the servers. Once; later
  /// calls do nothing. When the host's addresses change, the driver opens and closes sockets by
  /// itself.
  void gather(const GatherOptions& options);

  /// Calls `call`, which makes one or more inputs to the connection or its agent, then carries out
  /// the outputs. Every input goes through here, so that every output is taken at once.
  template <class Input>
  auto input(Input&& call) {
    const PumpOnExit pump(*this);
    return call(connection_, host_.clock.now());
  }

  /// From inside an event, a datagram to a relay leaves later: then only the statistics tell.
  ice::SendResult send(ice::StreamComponent component, Bytes payload);

  /// Closes the agent and its sockets. Events that this causes are delivered before it returns.
  void close();

  const peer::Connection& connection() const { return connection_; }
  const ice::Agent& agent() const { return connection_.agent(); }

 private:
  class ServerStream;
  struct PumpOnExit {
    explicit PumpOnExit(AgentDriver& owner) : driver(owner) { ++driver.depth_; }
    ~PumpOnExit() {
      if (--driver.depth_ == 0) driver.pump();
    }
    AgentDriver& driver;
  };

  void handle_timeout(Timestamp now) override;
  void on_network_changed() override;
  void on_server_looked_up(const ServerLookup& lookup) override;
  bool is_closed() const { return connection_.is_closed(); }
  void look_up_servers();
  void follow_network();
  void on_local_socket_opening() override;
  void on_local_socket_bound(const ice::LocalSocket& socket) override;
  void on_local_socket_failed() override;
  void on_local_socket_gone(const TransportAddress& base) override;
  void on_local_datagram(const Datagram& datagram) override;
  void await_one() { ++pending_; }
  void settle_one();
  void tell(const ice::Event& event);
  void pump();
  void wake_by(Timestamp deadline);
  void carry_out(const peer::Output& output);
  void carry_out(const ice::Output& output);
  void hand_over(Timestamp now, ice::StreamComponent component, Bytes payload);
  ice::SendResult send_sealed(Timestamp now, ice::StreamComponent component, Bytes payload);
  ice::SendResult relay(const ice::Route& route, Bytes payload);
  void note(ice::SendResult result);
  ServerStream* find_stream(ice::TcpConnectionId id);

  Host host_;
  AgentListener& listener_;
  peer::Connection connection_;
  std::unique_ptr<Timer> timer_;
  Timestamp armed_for_ = kNever;
  std::optional<GatherOptions> options_;
  bool network_is_known_ = false;
  bool pumping_ = false;
  std::uint16_t depth_ = 0;
  ice::SendResult* relaying_ = nullptr;  // what becomes of the datagram that relay() hands on
  ByteVector opened_;                    // the data that the listener is told of
  /// How many steps gathering still waits for: sockets to be bound, names to be resolved.
  std::uint32_t pending_ = 0;
  std::unique_ptr<LocalSockets> sockets_;
  std::vector<std::unique_ptr<ServerLookup>> lookups_;
  std::vector<std::unique_ptr<ServerStream>> streams_;
};

}  // namespace floe
