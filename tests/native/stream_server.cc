#include "stream_server.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>
#include <sys/socket.h>

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/native/posix_address.h"

namespace floe::native::test {

struct StreamServer::Tls {
  explicit Tls(const TestCertificate& made) {
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&random);
    mbedtls_pk_init(&key);
    mbedtls_x509_crt_init(&certificate);
    mbedtls_ssl_config_init(&config);
    mbedtls_ssl_init(&ssl);
    REQUIRE(mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, nullptr, 0) == 0);
    REQUIRE(mbedtls_x509_crt_parse(&certificate, bytes_of(made.certificate_pem),
                                   made.certificate_pem.size() + 1) == 0);
    REQUIRE(mbedtls_pk_parse_key(&key, bytes_of(made.key_pem), made.key_pem.size() + 1, nullptr, 0,
                                 mbedtls_ctr_drbg_random, &random) == 0);
    REQUIRE(mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_SERVER,
                                        MBEDTLS_SSL_TRANSPORT_STREAM,
                                        MBEDTLS_SSL_PRESET_DEFAULT) == 0);
    mbedtls_ssl_conf_max_tls_version(&config, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &random);
    REQUIRE(mbedtls_ssl_conf_own_cert(&config, &certificate, &key) == 0);
    REQUIRE(mbedtls_ssl_setup(&ssl, &config) == 0);
  }
  ~Tls() {
    mbedtls_ssl_free(&ssl);
    mbedtls_ssl_config_free(&config);
    mbedtls_x509_crt_free(&certificate);
    mbedtls_pk_free(&key);
    mbedtls_ctr_drbg_free(&random);
    mbedtls_entropy_free(&entropy);
  }
  static const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.c_str());
  }
  static int send_to(void* fd, const unsigned char* bytes, std::size_t size) {
    const ssize_t count = ::send(*static_cast<int*>(fd), bytes, size, MSG_NOSIGNAL);
    return count >= 0 ? static_cast<int>(count) : MBEDTLS_ERR_NET_SEND_FAILED;
  }
  static int receive_from(void* fd, unsigned char* out, std::size_t size) {
    const ssize_t count = ::recv(*static_cast<int*>(fd), out, size, MSG_DONTWAIT);
    if (count >= 0) return static_cast<int>(count);
    return errno == EAGAIN ? MBEDTLS_ERR_SSL_WANT_READ : MBEDTLS_ERR_NET_RECV_FAILED;
  }
  void attach(int connection) {
    fd = connection;
    mbedtls_ssl_session_reset(&ssl);
    mbedtls_ssl_set_bio(&ssl, &fd, send_to, receive_from, nullptr);
  }

  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  mbedtls_pk_context key;
  mbedtls_x509_crt certificate;
  mbedtls_ssl_config config;
  mbedtls_ssl_context ssl;
  int fd = -1;
};

StreamServer::StreamServer(Loop& loop, const TestCertificate* certificate)
    : loop_(loop), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
  const PosixAddress any({IpAddress::loopback(Family::ipv4), 0});
  REQUIRE(bind(listener_.get(), any.get(), any.length()) == 0);
  REQUIRE(listen(listener_.get(), 4) == 0);
  address_ = *local_address_of(listener_.get());
  watch_.emplace(loop, listener_.get(), static_cast<WatchListener&>(*this));
  watch_->set_interest(true, false);
  if (certificate != nullptr) tls_ = std::make_unique<Tls>(*certificate);
}

StreamServer::~StreamServer() = default;

void StreamServer::accept_one() {
  UniqueFd accepted(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!accepted.is_open()) return;
  connection_watch_.reset();
  connection_ = std::move(accepted);
  if (tls_) tls_->attach(connection_.get());
  connection_watch_.emplace(loop_, connection_.get(), static_cast<WatchListener&>(*this));
  connection_watch_->set_interest(reading_, false);
}

void StreamServer::set_reading(bool reading) {
  reading_ = reading;
  if (connection_watch_) connection_watch_->set_interest(reading, false);
}

int StreamServer::read_some(char* out, std::size_t size) {
  if (!tls_) return static_cast<int>(recv(connection_.get(), out, size, MSG_DONTWAIT));
  const int count = mbedtls_ssl_read(&tls_->ssl, reinterpret_cast<unsigned char*>(out), size);
  return count == MBEDTLS_ERR_SSL_WANT_READ ? -1 : std::max(count, 0);
}

void StreamServer::on_ready(Readiness) {
  if (!connection_.is_open()) return accept_one();
  std::array<char, 65536> buffer;
  int count;
  while ((count = read_some(buffer.data(), buffer.size())) > 0) {
    const std::string_view text(buffer.data(), static_cast<std::size_t>(count));
    received_ += text;
    if (echo_) send(text);
    if (on_bytes) on_bytes(text);
  }
  if (count == 0) {
    ended_ = true;
    end(false);
  }
}

void StreamServer::send(std::string_view bytes) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  for (std::size_t sent = 0; sent < bytes.size();) {
    const auto count =
        tls_ ? static_cast<ssize_t>(mbedtls_ssl_write(&tls_->ssl, data + sent, bytes.size() - sent))
             : ::send(connection_.get(), data + sent, bytes.size() - sent, MSG_NOSIGNAL);
    REQUIRE(count > 0);
    sent += static_cast<std::size_t>(count);
  }
}

void StreamServer::end(bool with_reset) {
  connection_watch_.reset();
  if (tls_ && !with_reset) mbedtls_ssl_close_notify(&tls_->ssl);
  if (with_reset) {
    const linger at_once{1, 0};
    setsockopt(connection_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  connection_.reset();
}

}  // namespace floe::native::test
