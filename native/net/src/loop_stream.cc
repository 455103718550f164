#include "loop_stream.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "floe/native/posix_address.h"

namespace floe::native {
namespace {

// How many bytes are read from one stream in one pass, so that a fast server does not hold up the
// loop.
constexpr std::size_t kReadPerPassMax = std::size_t{4} * TlsSession::kRecordSize;
// Bounds the kernel's buffer: datagrams become stale there, too, while they wait.
constexpr int kSendBufferBytes = 128 * 1024;

void set_options(int fd) {
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBufferBytes, sizeof kSendBufferBytes);
}

int pending_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

IpAddress without_zone(const IpAddress& ip) {
  return IpAddress::from_bytes(ip.bytes()).value_or(ip);
}

}  // namespace

LoopStream::LoopStream(Loop& loop, StreamShared& shared, const TransportAddress& remote,
                       const std::optional<TlsClient>& tls, StreamListener& listener)
    : loop_(loop),
      shared_(shared),
      listener_(listener),
      wanted_tls_(tls),
      connect_timer_(loop.create(*this)),
      flush_call_(loop, Deferred::When::end_of_pass, *this),
      failure_call_(loop, Deferred::When::after_callback, *this) {
  connect_timer_->arm(loop.now() + kStreamConnectTimeout);
  begin(remote);
}

LoopStream::LoopStream(Loop& loop, StreamShared& shared, UniqueFd accepted,
                       StreamListener& listener)
    : loop_(loop),
      shared_(shared),
      listener_(listener),
      fd_(std::move(accepted)),
      connect_timer_(loop.create(*this)),
      flush_call_(loop, Deferred::When::end_of_pass, *this),
      failure_call_(loop, Deferred::When::after_callback, *this) {
  connect_timer_->arm(loop.now() + kStreamConnectTimeout);
  set_options(fd_.get());
  watch_.emplace(loop_, fd_.get(), static_cast<WatchListener&>(*this));
  want(false, true);  // it is connected, but the listener must not hear it before this call returns
}

LoopStream::~LoopStream() {
  if (state_ != State::open) return;
  // Bytes that were sent before closing leave, as far as the kernel takes them now.
  if (write_waiting() && buffered_bytes() == 0 && tls_) tls_->notify_close();
}

void LoopStream::begin(const TransportAddress& remote) {
  const int family = remote.ip.is_ipv4() ? AF_INET : AF_INET6;
  fd_.reset(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd_.is_open()) return fail_later(failure_of_errno(errno));
  set_options(fd_.get());
  const PosixAddress address(remote);
  if (::connect(fd_.get(), address.get(), address.length()) != 0 && errno != EINPROGRESS) {
    return fail_later(failure_of_errno(errno));
  }
  watch_.emplace(loop_, fd_.get(), static_cast<WatchListener&>(*this));
  want(false, true);
}

void LoopStream::on_ready(Readiness readiness) {
  switch (state_) {
    case State::connecting:
      return finish_connecting();
    case State::handshaking:
      return shake_hands();
    case State::open:
      if (readiness.writable) flush_call_.request();
      if (readiness.readable || readiness.hung_up || readiness.error) receive();
      return;
    case State::closed:
      return;
  }
}

void LoopStream::finish_connecting() {
  const int error = pending_error(fd_.get());
  if (error != 0) return close_with(failure_of_errno(error));
  if (!wanted_tls_) return become_open();
  state_ = State::handshaking;
  if (!prepare_tls()) return close_with(tls_->failure());
  shake_hands();
}

bool LoopStream::prepare_tls() {
  return tls_.emplace(fd_.get(), wanted_tls_->server_name).prepare(shared_.trust);
}

void LoopStream::shake_hands() {
  switch (tls_->handshake().status) {
    case IoStatus::moved:
      return become_open();
    case IoStatus::wants_read:
      return want(true, false);
    case IoStatus::wants_write:
      return want(false, true);
    case IoStatus::closed:
    case IoStatus::failed:
      return close_with(tls_->failure());
  }
}

void LoopStream::become_open() {
  connect_timer_.reset();
  state_ = State::open;
  want(reading_, false);
  TransportAddress local = local_address_of(fd_.get()).value_or(TransportAddress());
  local.ip = without_zone(local.ip);
  listener_.on_stream_connected(local);
}

void LoopStream::handle_timeout(Timestamp) {
  close_with({StreamError::timed_out, state_ == State::handshaking
                                          ? "the server did not finish the TLS handshake in time"
                                          : "the server does not answer"});
}

bool LoopStream::send(Bytes bytes) {
  if (state_ != State::open) return false;
  if (bytes.size() > kStreamBacklogMax - buffered_bytes() && !write_waiting()) return false;
  if (bytes.size() > kStreamBacklogMax - buffered_bytes()) return false;
  waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  drain_due_ = true;
  flush_call_.request();
  return true;
}

void LoopStream::set_reading(bool reading) {
  reading_ = reading;
  if (state_ == State::open) want(reading, watch_->wants_write());
}

void LoopStream::receive() {
  const std::weak_ptr<char> life = life_;
  for (std::size_t total = 0; total < kReadPerPassMax && reading_;) {
    const IoResult result = read_some(shared_.received);
    switch (result.status) {
      case IoStatus::moved:
        break;
      case IoStatus::wants_read:
      case IoStatus::wants_write:
        return;
      case IoStatus::closed:
        return close_with({StreamError::closed, "the server closed the connection"});
      case IoStatus::failed:
        return close_with(failure_);
    }
    listener_.on_stream_bytes(Bytes(shared_.received).first(result.count));
    if (life.expired() || state_ != State::open) return;
    total += result.count;
  }
}

IoResult LoopStream::read_some(MutableBytes out) {
  if (tls_) {
    const IoResult result = tls_->read(out);
    if (result.status == IoStatus::failed) failure_ = tls_->failure();
    return result;
  }
  const ssize_t count = recv(fd_.get(), out.data(), out.size(), MSG_DONTWAIT);
  if (count > 0) return {IoStatus::moved, static_cast<std::size_t>(count)};
  if (count == 0) return {IoStatus::closed};
  if (errno == EAGAIN || errno == EINTR) return {IoStatus::wants_read};
  failure_ = failure_of_errno(errno);
  return {IoStatus::failed};
}

IoResult LoopStream::write_some(Bytes bytes) {
  if (tls_) {
    const IoResult result = tls_->write(bytes);
    if (result.status == IoStatus::failed) failure_ = tls_->failure();
    return result;
  }
  const ssize_t count = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count >= 0) return {IoStatus::moved, static_cast<std::size_t>(count)};
  if (errno == EAGAIN || errno == EINTR) return {IoStatus::wants_write};
  failure_ = failure_of_errno(errno);
  return {IoStatus::failed};
}

// False when the connection is broken; the listener hears it later.
bool LoopStream::write_waiting() {
  while (buffered_bytes() != 0) {
    const IoResult result = write_some(Bytes(waiting_).subspan(written_));
    if (result.status == IoStatus::failed) {
      fail_later(failure_);
      return false;
    }
    if (result.status != IoStatus::moved) break;
    written_ += result.count;
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(written_));
  written_ = 0;
  return true;
}

void LoopStream::flush() {
  if (state_ != State::open || !write_waiting()) return;
  const bool is_empty = buffered_bytes() == 0;
  want(reading_, !is_empty);
  if (is_empty && std::exchange(drain_due_, false)) listener_.on_stream_drained();
}

void LoopStream::want(bool read, bool write) {
  watch_->set_interest(read, write);
}

void LoopStream::fail_later(StreamFailure failure) {
  failure_ = std::move(failure);
  failure_call_.request();
}

void LoopStream::close_with(StreamFailure failure) {
  if (state_ == State::closed) return;
  state_ = State::closed;
  failure_ = std::move(failure);
  connect_timer_.reset();
  flush_call_.cancel();
  failure_call_.cancel();
  watch_.reset();
  tls_.reset();
  fd_.reset();
  waiting_ = {};
  written_ = 0;
  const std::string text = failure_.text;  // the listener may destroy this
  listener_.on_stream_closed(text);
}

std::unique_ptr<TcpStream> TcpStreams::adopt(UniqueFd accepted, StreamListener& listener) {
  return std::make_unique<LoopStream>(loop_, *shared_, std::move(accepted), listener);
}

TcpStreams::TcpStreams(Loop& loop, RandomSource& random, const StreamOptions& options)
    : loop_(loop), shared_(std::make_unique<StreamShared>(random, options.tls_ca_file)) {}

TcpStreams::~TcpStreams() = default;

std::unique_ptr<StreamSocket> TcpStreams::connect(const TransportAddress& remote,
                                                  const std::optional<TlsClient>& tls,
                                                  StreamListener& listener) {
  return connect_tcp(remote, tls, listener);
}

std::unique_ptr<TcpStream> TcpStreams::connect_tcp(const TransportAddress& remote,
                                                   const std::optional<TlsClient>& tls,
                                                   StreamListener& listener) {
  return std::make_unique<LoopStream>(loop_, *shared_, remote, tls, listener);
}

}  // namespace floe::native
