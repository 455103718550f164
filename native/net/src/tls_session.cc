#include "tls_session.h"

#include <mbedtls/net_sockets.h>
#include <mbedtls/x509.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

namespace floe::native {

TlsSession::TlsSession(int fd, std::string server_name)
    : fd_(fd), server_name_(std::move(server_name)) {
  mbedtls_ssl_init(&ssl_);
}

TlsSession::~TlsSession() {
  mbedtls_ssl_free(&ssl_);
}

bool TlsSession::prepare(TlsTrust& trust) {
  const mbedtls_ssl_config* config = trust.config();
  if (config == nullptr) {
    failure_ = {StreamError::tls, trust.error()};
    return false;
  }
  if (server_name_.empty() || server_name_.find('\0') != std::string::npos) {
    failure_ = {StreamError::tls, "TLS needs the name that the server's certificate must carry"};
    return false;
  }
  return set_up(config);
}

bool TlsSession::prepare(const TlsIdentity& identity) {
  return set_up(&identity.config());
}

bool TlsSession::set_up(const mbedtls_ssl_config* config) {
  const char* name = server_name_.empty() ? nullptr : server_name_.c_str();
  if (mbedtls_ssl_setup(&ssl_, config) != 0 || mbedtls_ssl_set_hostname(&ssl_, name) != 0) {
    failure_ = {StreamError::limit, "there is no memory for TLS"};
    return false;
  }
  mbedtls_ssl_set_bio(&ssl_, this, send_encrypted, receive_encrypted, nullptr);
  return true;
}

int TlsSession::send_encrypted(void* session, const unsigned char* bytes, std::size_t size) {
  auto& self = *static_cast<TlsSession*>(session);
  const ssize_t sent = ::send(self.fd_, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<int>(sent);
  if (errno == EAGAIN || errno == EINTR) return MBEDTLS_ERR_SSL_WANT_WRITE;
  self.system_error_ = errno;
  return MBEDTLS_ERR_NET_SEND_FAILED;
}

int TlsSession::receive_encrypted(void* session, unsigned char* out, std::size_t size) {
  auto& self = *static_cast<TlsSession*>(session);
  const ssize_t received = ::recv(self.fd_, out, size, MSG_DONTWAIT);
  if (received >= 0) return static_cast<int>(received);
  if (errno == EAGAIN || errno == EINTR) return MBEDTLS_ERR_SSL_WANT_READ;
  self.system_error_ = errno;
  return MBEDTLS_ERR_NET_RECV_FAILED;
}

IoResult TlsSession::handshake() {
  const int result = mbedtls_ssl_handshake(&ssl_);
  if (result != 0) return result_of(result);
  established_ = true;
  return {};
}

IoResult TlsSession::read(MutableBytes out) {
  const int count = mbedtls_ssl_read(&ssl_, out.data(), out.size());
  if (count > 0) return {IoStatus::moved, static_cast<std::size_t>(count)};
  return count == 0 ? IoResult{IoStatus::closed} : result_of(count);
}

IoResult TlsSession::write(Bytes bytes) {
  const std::size_t size = unfinished_write_ != 0 ? unfinished_write_ : bytes.size();
  const int count = mbedtls_ssl_write(&ssl_, bytes.data(), size);
  unfinished_write_ = count == MBEDTLS_ERR_SSL_WANT_WRITE ? size : 0;
  if (count >= 0) return {IoStatus::moved, static_cast<std::size_t>(count)};
  return result_of(count);
}

void TlsSession::notify_close() {
  // mbedTLS would first have to send the rest of a record.
  if (established_ && unfinished_write_ == 0) mbedtls_ssl_close_notify(&ssl_);
}

IoResult TlsSession::result_of(int error) {
  switch (error) {
    case MBEDTLS_ERR_SSL_WANT_READ:
      return {IoStatus::wants_read};
    case MBEDTLS_ERR_SSL_WANT_WRITE:
      return {IoStatus::wants_write};
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
      if (established_) return {IoStatus::closed};
      break;
    default:
      break;
  }
  failure_ = explain(error);
  return {IoStatus::failed};
}

StreamFailure TlsSession::explain(int error) {
  switch (error) {
    case MBEDTLS_ERR_NET_SEND_FAILED:
    case MBEDTLS_ERR_NET_RECV_FAILED:
      return failure_of_errno(system_error_);
    case MBEDTLS_ERR_X509_CERT_VERIFY_FAILED:
      return explain_certificate();
    case MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE:
      return {StreamError::tls, "the server refused the TLS handshake with an alert"};
    case MBEDTLS_ERR_SSL_CONN_EOF:
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
      return {StreamError::tls, "the server closed the connection during the TLS handshake"};
    case MBEDTLS_ERR_SSL_INVALID_RECORD:
      if (!established_) return {StreamError::tls, "the server does not speak TLS on this port"};
      break;
    case MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION:
    case MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE:
      return {StreamError::tls, "the server and this host share no TLS version or cipher"};
    default:
      break;
  }
  std::array<char, 40> text;
  std::snprintf(text.data(), text.size(), "TLS failed (mbedTLS says -0x%04x)",
                static_cast<unsigned>(-error));
  return {StreamError::tls, text.data()};
}

StreamFailure TlsSession::explain_certificate() {
  const std::uint32_t flaws = mbedtls_ssl_get_verify_result(&ssl_);
  const auto has = [flaws](std::uint32_t flaw) { return (flaws & flaw) != 0; };
  // The chain is checked first: if no authority has signed the certificate, its other contents
  // prove nothing.
  if (has(MBEDTLS_X509_BADCERT_NOT_TRUSTED)) {
    return {StreamError::tls, "no trusted authority signed the server's certificate"};
  }
  if (has(MBEDTLS_X509_BADCERT_EXPIRED)) {
    return {StreamError::tls, "the server's certificate has expired"};
  }
  if (has(MBEDTLS_X509_BADCERT_FUTURE)) {
    return {StreamError::tls, "the server's certificate is not valid yet"};
  }
  if (has(MBEDTLS_X509_BADCERT_CN_MISMATCH)) {
    return {StreamError::tls, "the server's certificate is not valid for " + server_name_};
  }
  return {StreamError::tls, "the server's certificate is not acceptable"};
}

}  // namespace floe::native
