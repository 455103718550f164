#include "gateway/tls_stream.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include "measure/program.h"

namespace floe::bench {
namespace {

SSL_CTX* context() {
  static SSL_CTX* const only = [] {
    SSL_CTX* const made = SSL_CTX_new(TLS_client_method());
    require(made != nullptr, "no TLS");
    // What waits may move, and be more, until it is written.
    SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                               SSL_MODE_RELEASE_BUFFERS);
    return made;
  }();
  return only;
}

int limited(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

}  // namespace

TlsStream::TlsStream(std::uint16_t port) : PlainStream(port), ssl_(SSL_new(context())) {
  require(ssl_ != nullptr && SSL_set_fd(ssl_.get(), fd()) == 1, "no TLS");
  while (SSL_connect(ssl_.get()) != 1) {
    require(SSL_get_error(ssl_.get(), -1) == SSL_ERROR_WANT_READ, "the server refuses TLS");
    wait();
  }
}

ssize_t TlsStream::write_some(std::span<const std::uint8_t> bytes) {
  return result_of(SSL_write(ssl_.get(), bytes.data(), limited(bytes.size())));
}

ssize_t TlsStream::read_some(std::span<std::uint8_t> buffer) {
  return result_of(SSL_read(ssl_.get(), buffer.data(), limited(buffer.size())));
}

ssize_t TlsStream::result_of(int size) const {
  if (size > 0) return size;
  const int error = SSL_get_error(ssl_.get(), size);
  errno = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? EAGAIN : EPIPE;
  return -1;
}

}  // namespace floe::bench
