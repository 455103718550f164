#include "plain/stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr int kAnswerWaitMs = 5000;

native::UniqueFd connected(std::uint16_t port) {
  native::UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  require(fd.is_open(), "no descriptors left (see ulimit -n)");
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(port);
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  require(connect(fd.get(), reinterpret_cast<const sockaddr*>(&server), sizeof server) == 0,
          "no way to the server");
  return fd;
}

}  // namespace

PlainStream::PlainStream(std::uint16_t port) : PlainStream(connected(port)) {}

PlainStream::PlainStream(native::UniqueFd fd)
    : fd_(std::move(fd)), incoming_(std::make_unique_for_overwrite<std::uint8_t[]>(kIncomingSize)) {
  const int on = 1;
  require(setsockopt(fd_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
              fcntl(fd_.get(), F_SETFL, O_NONBLOCK) == 0,
          "not a TCP connection");
}

std::span<std::uint8_t> PlainStream::extend(std::size_t size) {
  outgoing_.resize(outgoing_.size() + size);
  return std::span(outgoing_).last(size);
}

void PlainStream::flush() {
  while (sent_ < outgoing_.size()) {
    const ssize_t size = write_some(std::span(outgoing_).subspan(sent_));
    if (size < 0) {
      require(errno == EAGAIN, "the server closed the connection");
      return;
    }
    sent_ += static_cast<std::size_t>(size);
  }
  outgoing_.clear();
  sent_ = 0;
}

bool PlainStream::receive() {
  const std::size_t left = received_ - consumed_;
  if (left != 0) std::memmove(incoming_.get(), incoming_.get() + consumed_, left);
  consumed_ = 0;
  received_ = left;
  const ssize_t size = read_some({incoming_.get() + received_, kIncomingSize - received_});
  if (size < 0 && errno == EAGAIN) return false;
  require(size > 0, "the server closed the connection");
  received_ += static_cast<std::size_t>(size);
  return true;
}

ssize_t PlainStream::write_some(std::span<const std::uint8_t> bytes) {
  return ::send(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

ssize_t PlainStream::read_some(std::span<std::uint8_t> buffer) {
  return ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
}

void PlainStream::wait() const {
  pollfd waiting{fd_.get(), POLLIN, 0};
  require(poll(&waiting, 1, kAnswerWaitMs) == 1, "the server does not answer");
}

}  // namespace floe::bench
