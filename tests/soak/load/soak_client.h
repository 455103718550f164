// A client of the gateway that keeps a socket there, sends numbered datagrams to echo peers, and
// comes back by itself when its session ends, as PROTOCOL.md says: after GO_AWAY when it was told
// to, else soon, and later each time that it fails.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "books.h"
#include "peer_consent.h"
#include "plan.h"
#include "tunnel_end.h"

namespace floe::soak {

/// What all clients share; it outlives them.
struct Company {
  native::SystemHost& host;
  const Plan& plan;
  Books& books;
  std::uint32_t run = 0;
  std::vector<TransportAddress> peers;
  std::vector<std::string> tokens;
  bool is_quiet = false;  ///< nobody sends
  std::minstd_rand random;
};

class SoakClient final : private TunnelEndOwner, private DatagramListener, private TimerListener {
 public:
  SoakClient(Company& company, std::uint32_t number);
  ~SoakClient();

  /// Has a peer's consent.
  bool is_open() const { return state_ == State::open; }
  /// Of the session that it has now.
  Flow flow() const;

 private:
  enum class State : std::uint8_t { away, connecting, open, leaving };

  void on_tunnel_ready() override;
  void on_tunnel_leaving(const tunnel::GoAway& go_away) override;
  void on_tunnel_closed(const tunnel::ClientClosed& closed) override;
  void on_bound(DatagramSocket& socket, const TransportAddress& local) override;
  void on_socket_failed(DatagramSocket& socket, BindError error) override;
  void on_datagram(DatagramSocket& socket, const Datagram& datagram) override;
  void handle_timeout(Timestamp now) override;

  void connect(Timestamp now);
  void open(Timestamp now);
  void leave(Timestamp now);
  /// Closes the books of the session.
  void end_session(const std::string& why);
  void come_back_at(Timestamp when);
  Duration patience();
  void check_peers(Timestamp now);
  void send_burst(Timestamp now);
  void send(const TransportAddress& to, Bytes payload);
  TransportAddress nobody() const;
  void take(Timestamp now, const TransportAddress& from, Bytes payload);
  void arm();
  Timestamp now() const { return company_.host.loop().now(); }
  /// 0 to 1.
  double random_share();

  Company& company_;
  std::uint32_t number_;
  Traffic traffic_;
  State state_ = State::away;
  std::unique_ptr<TunnelEnd> end_;
  std::unique_ptr<DatagramSocket> socket_;
  bool is_bound_ = false;
  std::vector<PeerConsent> peers_;
  std::unique_ptr<Timer> timer_;
  std::uint32_t session_ = 0;
  std::uint32_t datagrams_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
  unsigned failures_ = 0;
  Timestamp connected_at_{};
  Timestamp next_step_{};  // away: to connect; leaving: to close
  Timestamp next_burst_ = kNever;
  Timestamp leaves_at_ = kNever;
  std::optional<Timestamp> told_at_;  // to come back then
};

}  // namespace floe::soak
