#include "tls_bridge.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace floe::native {
namespace {

// Records of one direction in a pass, so that one client does not hold up the others.
constexpr int kRecordsPerPassMax = 4;
// What waits between the two sockets becomes stale when the client does not read.
constexpr int kPairBufferBytes = 32 * 1024;

/// `rest` may be a part of `waiting`. A side for which nothing waits holds no memory.
void keep(ByteVector& waiting, Bytes rest) {
  ByteVector copy(rest.begin(), rest.end());
  waiting.swap(copy);
}

}  // namespace

TlsBridge::TlsBridge(Loop& loop, TlsBridgeOwner& owner, UniqueFd connection,
                     const TransportAddress& peer, std::shared_ptr<const TlsIdentity> identity,
                     TlsTerminatorListener& listener)
    : loop_(loop),
      owner_(owner),
      peer_(peer),
      identity_(std::move(identity)),
      listener_(listener),
      client_(loop, *this, std::move(connection)),
      tls_(client_.fd(), std::string()),
      is_prepared_(tls_.prepare(*identity_)),
      timer_(loop.create(*this)) {
  timer_->arm(loop.now() + kHandshakeTimeout);
  client_.want(true, false);
}

TlsBridge::Progress TlsBridge::shake() {
  if (!is_prepared_) return Progress::failed;
  switch (tls_.handshake().status) {
    case IoStatus::moved:
      return Progress::done;
    case IoStatus::wants_read:
      client_.want(true, false);
      return Progress::waits;
    case IoStatus::wants_write:
      client_.want(false, true);
      return Progress::waits;
    case IoStatus::closed:
    case IoStatus::failed:
      break;
  }
  return Progress::failed;
}

UniqueFd TlsBridge::open() {
  std::array<int, 2> pair;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return {};
  }
  for (const int fd : pair) {
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kPairBufferBytes, sizeof kPairBufferBytes);
  }
  server_ = std::make_unique<Side>(loop_, *this, UniqueFd(pair[0]));
  state_ = State::open;
  timer_->arm(kNever);
  // The first bytes of the client may have come with the last of the handshake.
  client_.want(true, true);
  server_->want(true, false);
  return UniqueFd(pair[1]);
}

void TlsBridge::handle_timeout(Timestamp) {
  owner_.on_bridge_over(*this);
}

void TlsBridge::on_ready() {
  if (state_ == State::shaking) {
    client_.want(false, false);
    return owner_.on_handshake_ready(*this);
  }
  if (!carry_to_server() || !carry_to_client()) return owner_.on_bridge_over(*this);
  if (server_->has_ended && client_.waiting.empty()) linger();
  if (state_ == State::lingering && client_.has_ended) return owner_.on_bridge_over(*this);
  want_more();
}

/// The server has closed: the client is told so, and what it still sends is dropped. Closing with
/// unread bytes would reset the connection, and the client could lose what was sent last.
void TlsBridge::linger() {
  if (state_ == State::lingering) return;
  state_ = State::lingering;
  timer_->arm(loop_.now() + kLingerTimeout);
  tls_.notify_close();
  shutdown(client_.fd(), SHUT_WR);
}

void TlsBridge::want_more() {
  client_.want(!client_.has_ended && server_->waiting.empty(), !client_.waiting.empty());
  server_->want(!server_->has_ended && client_.waiting.empty(), !server_->waiting.empty());
}

/// False: the connection is broken.
bool TlsBridge::carry_to_server() {
  if (!server_->waiting.empty() && !send_to_server(server_->waiting)) return false;
  const MutableBytes buffer = owner_.shared_buffer();
  for (int i = 0; i < kRecordsPerPassMax && server_->waiting.empty() && !client_.has_ended; ++i) {
    const IoResult result = tls_.read(buffer);
    switch (result.status) {
      case IoStatus::moved:
        if (!send_to_server(Bytes(buffer).first(result.count))) return false;
        break;
      case IoStatus::wants_read:
      case IoStatus::wants_write:
        return true;
      case IoStatus::closed:
        client_.has_ended = true;
        break;
      case IoStatus::failed:
        return false;
    }
  }
  if (client_.has_ended && server_->waiting.empty()) shutdown(server_->fd(), SHUT_WR);
  return true;
}

bool TlsBridge::carry_to_client() {
  if (!client_.waiting.empty() && !send_to_client(client_.waiting)) return false;
  const MutableBytes buffer = owner_.shared_buffer();
  for (int i = 0; i < kRecordsPerPassMax && client_.waiting.empty() && !server_->has_ended; ++i) {
    const ssize_t count = recv(server_->fd(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (count <= 0) {
      server_->has_ended = true;
    } else if (!send_to_client(Bytes(buffer).first(static_cast<std::size_t>(count)))) {
      return false;
    }
  }
  return true;
}

bool TlsBridge::send_to_server(Bytes bytes) {
  if (state_ == State::lingering) {
    server_->waiting.clear();
    return true;
  }
  ssize_t count = ::send(server_->fd(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count < 0 && errno == EPIPE) {  // the server has closed, and its last bytes are on the way
    server_->waiting.clear();
    return true;
  }
  if (count < 0 && errno != EAGAIN && errno != EINTR) return false;
  keep(server_->waiting, bytes.subspan(count > 0 ? static_cast<std::size_t>(count) : 0));
  return true;
}

bool TlsBridge::send_to_client(Bytes bytes) {
  while (!bytes.empty()) {
    const IoResult result = tls_.write(bytes);
    if (result.status == IoStatus::failed || result.status == IoStatus::closed) return false;
    if (result.status != IoStatus::moved) break;
    bytes = bytes.subspan(result.count);
  }
  keep(client_.waiting, bytes);
  return true;
}

}  // namespace floe::native
