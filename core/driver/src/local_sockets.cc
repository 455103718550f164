#include "local_sockets.h"

#include <algorithm>
#include <utility>

#include "floe/driver/socket_plan.h"
#include "floe/ice/limits.h"
#include "floe/types/text.h"

namespace floe {
namespace {

/// Preferences above are kApart apart, those below follow one another.
constexpr int kFirstPreferences = 0xc000;
constexpr int kApart = 256;

}  // namespace

/// One socket of the host, which becomes one host candidate.
class LocalSockets::Socket final : private DatagramListener {
 public:
  Socket(LocalSockets& owner, const ice::LocalSocket& description)
      : owner_(owner), description_(description) {}

  void open(std::uint16_t port_min, std::uint16_t port_max) {
    socket_ = owner_.host_.datagram_sockets.open({ip(), port_min, port_max}, *this);
  }

  const IpAddress& ip() const { return description_.base.ip; }
  bool is_bound() const { return description_.base.port != 0; }
  const TransportAddress& address() const { return description_.base; }
  std::uint16_t local_preference() const { return description_.local_preference; }
  DatagramSocket& socket() { return *socket_; }

  /// Closes the host's socket; no event of it follows.
  void close() {
    socket_.reset();
    description_.base.port = 0;
  }

  /// Makes the agent forget the socket; this object may be destroyed then.
  void withdraw() {
    if (std::exchange(is_opening_, false)) return owner_.listener_.on_local_socket_failed();
    if (!is_bound()) return;
    owner_.listener_.on_local_socket_gone(description_.base);
    description_.base.port = 0;
  }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    is_opening_ = false;
    description_.base = local;
    if (description_.external) description_.external->port = local.port;
    owner_.listener_.on_local_socket_bound(description_);
  }

  void on_socket_failed(DatagramSocket&, BindError error) override {
    const std::string text =
        concat({"the socket on ", ip().to_text(), " cannot be used: ", to_text(error)});
    owner_.host_.log.log(LogLevel::warning, "ice", text);
    withdraw();
  }

  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    if (is_bound()) owner_.listener_.on_local_datagram(datagram);
  }

  LocalSockets& owner_;
  ice::LocalSocket description_;  // its base has port 0 while it is not bound
  bool is_opening_ = true;
  std::unique_ptr<DatagramSocket> socket_;
};

LocalSockets::LocalSockets(const Host& host, LocalSocketsListener& listener)
    : host_(host), listener_(listener) {}

LocalSockets::~LocalSockets() = default;

void LocalSockets::follow(const List<IpAddress>& addresses, const GatherOptions& options,
                          const ice::AgentConfig& config) {
  close_all_except(addresses);
  std::span<const IpAddress> later(addresses);
  for (const IpAddress& ip : addresses) {
    later = later.subspan(1);
    const bool is_open =
        std::ranges::any_of(sockets_, [&](const auto& socket) { return socket->ip() == ip; });
    if (is_closed_) return;
    if (!is_open && next_preference_ > 0) open_on(ip, take_preference(later), options, config);
  }
}

/// RFC 8445, section 5.1.2.1: "the local preference MUST be unique for each one."
///
/// The first preferences are kApart apart. So an address that comes between two others, in the
/// order of the host, finds a place above the second: below all bridges that lead nowhere, its
/// pairs would find no room in a full list. The first address of all stays the best one.
std::uint16_t LocalSockets::take_preference(std::span<const IpAddress> later) {
  int below = 0;
  for (const auto& socket : sockets_) {
    const bool is_later = std::ranges::find(later, socket->ip()) != later.end();
    if (is_later) below = std::max<int>(below, socket->local_preference());
  }
  if (below > kFirstPreferences && places_between_ > 0) {
    const int above = (std::min(below, 65535 - kApart) + 1) / kApart * kApart;
    return static_cast<std::uint16_t>(above + --places_between_);
  }
  const std::uint16_t taken = next_preference_;
  next_preference_ = static_cast<std::uint16_t>(taken - (taken > kFirstPreferences ? kApart : 1));
  return taken;
}

void LocalSockets::close_all_except(const List<IpAddress>& addresses) {
  const auto is_gone = [&](const std::unique_ptr<Socket>& socket) {
    return std::ranges::find(addresses, socket->ip()) == addresses.end();
  };
  for (const auto& socket : sockets_) {
    if (is_gone(socket)) socket->withdraw();
  }
  std::erase_if(sockets_, is_gone);
}

void LocalSockets::open_on(const IpAddress& ip, std::uint16_t local_preference,
                           const GatherOptions& options, const ice::AgentConfig& config) {
  for (std::uint8_t stream = 0; stream < config.streams; ++stream) {
    for (ice::ComponentId component = 1; component <= config.components; ++component) {
      open({stream, component}, ip, local_preference, options);
    }
  }
}

void LocalSockets::open(ice::StreamComponent component, const IpAddress& ip,
                        std::uint16_t local_preference, const GatherOptions& options) {
  if (sockets_.size() == ice::kLocalCandidatesMax) return;
  ice::LocalSocket description{component, {ip, 0}, local_preference};
  if (const ExternalAddress* mapping = external_address_of(ip, options)) {
    description.external = TransportAddress{mapping->external, 0};
    description.hides_base = mapping->hides_internal;
  }
  listener_.on_local_socket_opening();
  sockets_.push_back(std::make_unique<Socket>(*this, description));
  sockets_.back()->open(options.port_min, options.port_max);
}

ice::SendResult LocalSockets::send(const ice::Transmit& transmit) {
  Socket* socket = find(transmit.local);
  if (socket == nullptr) return ice::SendResult::refused;
  switch (socket->socket().send(transmit.remote, transmit.payload)) {
    case SendStatus::sent:
      return ice::SendResult::sent;
    case SendStatus::dropped:
      return ice::SendResult::queue_full;
    case SendStatus::too_large:
      return ice::SendResult::too_large;
    case SendStatus::failed:
      break;
  }
  return ice::SendResult::refused;
}

LocalSockets::Socket* LocalSockets::find(const TransportAddress& local) {
  const auto place = std::ranges::find_if(
      sockets_, [&](const auto& socket) { return socket->address() == local; });
  return place == sockets_.end() ? nullptr : place->get();
}

void LocalSockets::close() {
  is_closed_ = true;
  for (const auto& socket : sockets_) socket->close();
}

}  // namespace floe
