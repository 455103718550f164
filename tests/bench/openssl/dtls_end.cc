#include "openssl/dtls_end.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr long kMtu = 1200;
constexpr long kYear_s = 365L * 24 * 60 * 60;

void give_certificate(SSL_CTX* context) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), kYear_s);
  X509_set_pubkey(certificate, key);
  require(X509_sign(certificate, key, EVP_sha256()) > 0, "no certificate");
  require(SSL_CTX_use_certificate(context, certificate) == 1 &&
              SSL_CTX_use_PrivateKey(context, key) == 1,
          "the certificate is not taken");
  X509_free(certificate);
  EVP_PKEY_free(key);
}

}  // namespace

DtlsEnd::DtlsEnd(Role role, BIO* in, BIO* out) : context_(SSL_CTX_new(DTLS_method())) {
  SSL_CTX* const context = context_.get();
  SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION);
  SSL_CTX_set_max_proto_version(context, DTLS1_2_VERSION);
  require(SSL_CTX_set_cipher_list(context, "ECDHE-ECDSA-AES128-GCM-SHA256") == 1, "no cipher");
  if (role == Role::server) give_certificate(context);
  ssl_.reset(SSL_new(context));
  SSL_set_options(ssl_.get(), SSL_OP_NO_QUERY_MTU);
  SSL_set_mtu(ssl_.get(), kMtu);
  SSL_set_bio(ssl_.get(), in, out);
  role == Role::client ? SSL_set_connect_state(ssl_.get()) : SSL_set_accept_state(ssl_.get());
}

bool DtlsEnd::shake() {
  const int result = SSL_do_handshake(ssl_.get());
  require(result == 1 || SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ,
          "the handshake failed");
  return result == 1;
}

void DtlsEnd::write(std::span<const std::uint8_t> data) {
  const int size = static_cast<int>(data.size());
  require(SSL_write(ssl_.get(), data.data(), size) == size, "not sent");
}

std::size_t DtlsEnd::read(std::span<std::uint8_t> buffer) {
  const int size = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
  if (size > 0) return static_cast<std::size_t>(size);
  require(SSL_get_error(ssl_.get(), size) == SSL_ERROR_WANT_READ, "not received");
  return 0;
}

void shake_hands(DtlsEnd& client, DtlsEnd& server) {
  constexpr int kStepsMax = 1000;
  bool is_done = false;
  for (int step = 0; step < kStepsMax && !is_done; ++step) {
    const bool client_is_done = client.shake();
    is_done = server.shake() && client_is_done;
  }
  require(is_done, "no handshake");
}

}  // namespace floe::bench
