#include "tunnel_connection.h"

#include <algorithm>

#include "leased_stream.h"

namespace floe::gateway {

/// A UDP socket in the service of one client, known to the policy as long as it is bound.
class TunnelConnection::LeasedSocket final : private DatagramListener {
 public:
  LeasedSocket(TunnelConnection& owner, tunnel::SocketId id, Quota::Token token,
               const BindRequest& request)
      : owner_(owner), id_(id), token_(std::move(token)) {
    socket_ = owner.service_.host_.udp_sockets().open_udp(request, *this);
  }
  ~LeasedSocket() { set_local(std::nullopt); }

  native::UdpSocket& socket() { return *socket_; }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    set_local(local);
    owner_.session_.on_bound(id_, local, std::nullopt);
    owner_.changed();
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    set_local(std::nullopt);
    owner_.session_.on_socket_failed(id_, error);
    owner_.changed();
  }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    owner_.session_.on_datagram(owner_.now(), id_, datagram);
    owner_.changed();
  }

  void set_local(std::optional<TransportAddress> local) {
    AddressPolicy& policy = owner_.service_.policy_;
    if (local_) policy.remove_own_socket(*local_);
    if (local) policy.add_own_socket(*local);
    local_ = local;
  }

  TunnelConnection& owner_;
  tunnel::SocketId id_;
  Quota::Token token_;
  std::optional<TransportAddress> local_;
  std::unique_ptr<native::UdpSocket> socket_;
};

/// A name that is being looked up for the client, who learns only addresses that it may send to.
class TunnelConnection::NameLookup final : private ResolveListener {
 public:
  NameLookup(TunnelConnection& owner, tunnel::LookupId id, tunnel::LookupFamily family,
             std::string_view name)
      : owner_(owner), id_(id), family_(family), name_(name) {
    resolution_ = owner.service_.host_.resolver().resolve_name(name, *this);
  }

 private:
  void on_resolved(const std::vector<IpAddress>& addresses, std::string_view) override {
    AddressPolicy& policy = owner_.service_.policy_;
    policy.turn_destinations().learn(name_, addresses);
    const bool is_turn_server = policy.turn_destinations().has_name(name_);
    std::vector<IpAddress> admitted;
    for (const IpAddress& ip : addresses) {
      const auto family = ip.is_ipv4() ? tunnel::LookupFamily::ipv4 : tunnel::LookupFamily::ipv6;
      const bool is_asked_for = family_ == tunnel::LookupFamily::any || family_ == family;
      if (is_asked_for && (is_turn_server || policy.admits(ip))) admitted.push_back(ip);
    }
    owner_.session_.on_resolved(id_, status(!addresses.empty(), !admitted.empty()), admitted);
    owner_.changed();
    owner_.forget(*this);
  }

  tunnel::LookupStatus status(bool has_any, bool has_admitted) const {
    if (has_admitted) return tunnel::LookupStatus::found;
    if (has_any) return tunnel::LookupStatus::filtered;
    return resolution_->is_unknown() ? tunnel::LookupStatus::no_such_name
                                     : tunnel::LookupStatus::failed;
  }

  TunnelConnection& owner_;
  tunnel::LookupId id_;
  tunnel::LookupFamily family_;
  std::string name_;
  std::unique_ptr<native::NameResolution> resolution_;
};

TunnelConnection::TunnelConnection(TunnelService& service,
                                   std::unique_ptr<native::WebSocketChannel> channel,
                                   Quota::Token session_token)
    : service_(service),
      channel_(std::move(channel)),
      session_token_(std::move(session_token)),
      session_(service.host_.loop().now(), *this, service.policy_, tunnel::SessionLimits()),
      timer_(service.host_.loop().create(*this)),
      turn_(service.host_.loop(), native::Deferred::When::end_of_pass, *this) {
  changed();
}

TunnelConnection::~TunnelConnection() = default;

// The WebSocket -----------------------------------------------------------------------------------

void TunnelConnection::on_channel_message(MessageKind kind, Bytes message) {
  if (kind == MessageKind::text) {
    session_.close(tunnel::ErrorCode::not_binary, "tunnel messages are binary");
  } else {
    session_.handle(now(), message);
  }
  changed();
}

void TunnelConnection::on_channel_closed(const ChannelClosed&) {
  service_.forget(*this);
}

void TunnelConnection::on_channel_drained() {
  session_.on_writable(now());
  changed();
}

void TunnelConnection::go_away() {
  session_.go_away(1s, 30s);
  changed();
}

// What the session asks for -----------------------------------------------------------------------

bool TunnelConnection::send_message(Bytes message) {
  return channel_->send(MessageKind::binary, message);
}

Result<tunnel::Admission, tunnel::ErrorCode> TunnelConnection::admit(
    const tunnel::Hello& hello, const tunnel::SessionLimits& defaults) {
  if (!service_.access_control_.admits_token(as_text(hello.token)))
    return tunnel::ErrorCode::unauthorized;
  return tunnel::Admission{service_.host_.api().random.next_u64(), defaults, service_.addresses_};
}

void TunnelConnection::open_socket(tunnel::SocketId id, const BindRequest& request) {
  const bool advertised = std::ranges::any_of(
      service_.addresses_,
      [&](const InterfaceAddress& address) { return address.ip == request.ip; });
  if (!advertised) return refuse_socket(id, BindError::address_not_available);
  auto token = service_.sockets_.take();
  if (!token) return refuse_socket(id, BindError::limit);
  const std::size_t place = id.value();
  if (sockets_.size() <= place) sockets_.resize(place + 1);
  sockets_[place] = std::make_unique<LeasedSocket>(*this, id, std::move(*token), request);
  sockets_[place]->socket().set_reading(reading_);
}

/// Not from inside the session's call.
void TunnelConnection::refuse_socket(tunnel::SocketId id, BindError error) {
  service_.host_.loop().post([this, id, error, alive = std::weak_ptr<bool>(alive_)] {
    if (alive.expired()) return;
    session_.on_socket_failed(id, error);
    changed();
  });
}

void TunnelConnection::close_socket(tunnel::SocketId id) {
  if (id.value() < sockets_.size()) sockets_[id.value()].reset();
}

TunnelConnection::LeasedSocket* TunnelConnection::find(tunnel::SocketId id) {
  return id.value() < sockets_.size() ? sockets_[id.value()].get() : nullptr;
}

SendStatus TunnelConnection::send_datagram(tunnel::SocketId id, const TransportAddress& to,
                                           Bytes payload) {
  LeasedSocket* socket = find(id);
  return socket == nullptr ? SendStatus::failed : socket->socket().send(to, payload);
}

void TunnelConnection::resolve(tunnel::LookupId lookup, tunnel::LookupFamily family,
                               std::string_view name) {
  lookups_.push_back(std::make_unique<NameLookup>(*this, lookup, family, name));
}

void TunnelConnection::forget(const NameLookup& lookup) {
  std::erase_if(lookups_, [&](const auto& owned) { return owned.get() == &lookup; });
}

void TunnelConnection::close(std::uint16_t code, std::string_view reason) {
  channel_->close(code, reason);
}

// Time and turns ----------------------------------------------------------------------------------

void TunnelConnection::handle_timeout(Timestamp time) {
  armed_for_ = kNever;
  session_.handle_timeout(time);
  changed();
}

/// What many datagrams of one pass add up to leaves in one message; and while the client does not
/// read, the kernel's buffers fill up instead of ours.
void TunnelConnection::end_turn() {
  session_.flush(now());
  if (session_.wants_datagrams() != reading_) {
    reading_ = !reading_;
    for (const auto& socket : sockets_) {
      if (socket) socket->socket().set_reading(reading_);
    }
  }
  const Timestamp deadline = session_.deadline();
  if (deadline != armed_for_) timer_->arm(armed_for_ = deadline);
}

}  // namespace floe::gateway
