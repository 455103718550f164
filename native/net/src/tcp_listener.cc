#include "floe/native/tcp_listener.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include "floe/native/posix_address.h"

namespace floe::native {
namespace {

constexpr int kBacklog = 1024;
constexpr Duration kRetryAfter = std::chrono::milliseconds(100);

ListenError to_listen_error(int error) {
  switch (error) {
    case EADDRINUSE:
      return ListenError::address_in_use;
    case EACCES:
    case EPERM:
      return ListenError::denied;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return ListenError::limit;
    default:
      return ListenError::address_not_available;
  }
}

bool is_out_of_resources(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

}  // namespace

TcpListener::TcpListener(Loop& loop, ConnectionAcceptor& acceptor)
    : loop_(loop), acceptor_(acceptor), retry_timer_(loop.create(*this)) {}

Result<TransportAddress, ListenError> TcpListener::listen(const TransportAddress& address,
                                                          bool share_port) {
  UniqueFd fd(socket(address.ip.is_ipv4() ? AF_INET : AF_INET6,
                     SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!fd.is_open()) return to_listen_error(errno);
  const int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (share_port) setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  if (!address.ip.is_ipv4()) setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  const PosixAddress posix(address);
  if (bind(fd.get(), posix.get(), posix.length()) != 0 || ::listen(fd.get(), kBacklog) != 0) {
    return to_listen_error(errno);
  }
  const std::optional<TransportAddress> local = local_address_of(fd.get());
  if (!local) return ListenError::address_not_available;
  fd_ = std::move(fd);
  watch_.emplace(loop_, fd_.get(), static_cast<WatchListener&>(*this));
  watch_->set_interest(true, false);
  return *local;
}

void TcpListener::resume() {
  if (watch_) watch_->set_interest(true, false);
}

void TcpListener::handle_timeout(Timestamp) {
  resume();
}

void TcpListener::on_ready(Readiness) {
  for (int i = 0; i < kAcceptsPerPassMax; ++i) {
    if (!acceptor_.has_room()) {
      watch_->set_interest(false, false);
      return;
    }
    PosixAddress address;
    address.prepare_for_kernel();
    UniqueFd connection(
        accept4(fd_.get(), address.get(), address.mutable_length(), SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (connection.is_open()) {
      const std::optional<TransportAddress> peer = address.to_socket_address();
      if (peer) acceptor_.on_accepted(std::move(connection), *peer);
      continue;
    }
    if (is_out_of_resources(errno)) {
      watch_->set_interest(false, false);
      retry_timer_->arm(loop_.now() + kRetryAfter);
      return;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return;
    // Any other error concerns a connection that ended while it waited: accept the next one.
  }
}

}  // namespace floe::native
