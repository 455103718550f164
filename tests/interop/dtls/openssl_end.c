// OpenSSL as an end of the tests of interoperation (end.h), at its defaults except for timers.
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "end.h"

enum { kFirstTimeoutUs = 60000, kCookieSize = 16, kNameSize = 255, kNames = 5 };

typedef struct {
  EndOptions options;
  EndChannel channel;
  SSL* ssl;
  char expected[96];
  char shown[96];
  uint8_t cookie[kCookieSize];
  int alert;
  bool is_secured, is_over;
} End;

static End self;

static void fail(const char* what) {
  char text[256];
  ERR_error_string_n(ERR_peek_error(), text, sizeof text);
  end_say("{\"event\":\"failed\",\"alert\":%d,\"message\":\"%s: %s\"}", self.alert, what, text);
  self.is_over = true;
}

static void on_info(const SSL* ssl, int where, int value) {
  (void)ssl;
  if (where == SSL_CB_READ_ALERT) self.alert = value & 0xff;
}

// Instead of looking for an authority: whether the certificate is the one that was announced.
static int verify(X509_STORE_CTX* store, void* context) {
  (void)context;
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  X509_digest(X509_STORE_CTX_get0_cert(store), EVP_sha256(), digest, &size);
  if (strcmp(end_hex(digest, size, ':', self.shown), self.expected) == 0) return 1;
  X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
  return 0;
}

static int write_cookie(SSL* ssl, uint8_t* cookie, unsigned* size) {
  (void)ssl;
  memcpy(cookie, self.cookie, *size = sizeof self.cookie);
  return 1;
}

static int check_cookie(SSL* ssl, const uint8_t* cookie, unsigned size) {
  (void)ssl;
  return size == sizeof self.cookie && memcmp(cookie, self.cookie, size) == 0;
}

static unsigned double_timeout(SSL* ssl, unsigned microseconds) {
  (void)ssl;
  return microseconds == 0 ? kFirstTimeoutUs : 2 * microseconds;
}

// A long list of protocols that no server knows.
static void lengthen_hello(void) {
  uint8_t names[kNames * (1 + kNameSize)];
  for (int i = 0; i < kNames; ++i) {
    memset(names + i * (1 + kNameSize), 'a' + i, 1 + kNameSize);
    names[i * (1 + kNameSize)] = kNameSize;
  }
  SSL_set_alpn_protos(self.ssl, names, sizeof names);
}

static bool open_end(void) {
  const EndOptions* options = &self.options;
  SSL_CTX* context = SSL_CTX_new(options->is_server ? DTLS_server_method() : DTLS_client_method());
  if (!context || SSL_CTX_use_certificate_chain_file(context, options->certificate) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, options->key, SSL_FILETYPE_PEM) != 1) {
    return false;
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  SSL_CTX_set_cert_verify_callback(context, verify, NULL);
  SSL_CTX_set_cookie_generate_cb(context, write_cookie);
  SSL_CTX_set_cookie_verify_cb(context, check_cookie);
  if (options->srtp && SSL_CTX_set_tlsext_use_srtp(context, "SRTP_AES128_CM_SHA1_80") != 0) {
    return false;
  }
  self.ssl = SSL_new(context);
  BIO* bio = BIO_new_dgram(self.channel.socket, BIO_NOCLOSE);
  struct sockaddr_storage peer;
  socklen_t length = sizeof peer;
  getpeername(self.channel.socket, (struct sockaddr*)&peer, &length);
  BIO_ctrl_set_connected(bio, &peer);
  SSL_set_bio(self.ssl, bio, bio);
  SSL_set_options(self.ssl, SSL_OP_NO_QUERY_MTU | (options->cookies ? SSL_OP_COOKIE_EXCHANGE : 0));
  SSL_set_mtu(self.ssl, options->mtu);
  SSL_set_info_callback(self.ssl, on_info);
  DTLS_set_timer_cb(self.ssl, double_timeout);
  if (options->long_hello) lengthen_hello();
  if (options->is_server) SSL_set_accept_state(self.ssl);
  if (!options->is_server) SSL_set_connect_state(self.ssl);
  return RAND_bytes(self.cookie, sizeof self.cookie) == 1;
}

static int patience(void) {
  struct timeval left;
  if (!DTLSv1_get_timeout(self.ssl, &left)) return -1;
  return (int)(left.tv_sec * 1000 + (left.tv_usec + 999) / 1000);
}

// Answers clients without a cookie, and returns after one that has it.
static void listen_for_cookie(void) {
  BIO_ADDR* client = BIO_ADDR_new();
  for (int got = 0; got == 0 && !self.channel.has_ended;) {
    end_wait(&self.channel, -1);
    got = DTLSv1_listen(self.ssl, client);
    if (got < 0) fail("DTLSv1_listen");
  }
  BIO_ADDR_free(client);
}

static void report_secured(void) {
  uint8_t keys[kEndKeysSize];
  char text[2 * kEndKeysSize + 1];
  const SRTP_PROTECTION_PROFILE* profile = SSL_get_selected_srtp_profile(self.ssl);
  if (SSL_export_keying_material(self.ssl, keys, sizeof keys, END_LABEL, strlen(END_LABEL), NULL, 0,
                                 0) != 1) {
    return fail("SSL_export_keying_material");
  }
  self.is_secured = true;
  end_say("{\"event\":\"secured\",\"peer\":\"%s\",\"keys\":\"%s\",\"srtp\":%d}", self.shown,
          end_hex(keys, sizeof keys, 0, text), profile ? (int)profile->id : 0);
}

// As far as it goes without waiting. SSL_read() would call an empty datagram an error.
static void advance(void) {
  char text[kEndLineMax];
  while (!self.is_over) {
    size_t size = 0;
    ERR_clear_error();
    const int result = self.is_secured ? SSL_read_ex(self.ssl, text, sizeof text, &size)
                                       : SSL_do_handshake(self.ssl);
    const int error = SSL_get_error(self.ssl, result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return;
    if (error == SSL_ERROR_ZERO_RETURN) {
      SSL_shutdown(self.ssl);
      end_say("{\"event\":\"closed\"}");
      self.is_over = true;
    } else if (error != SSL_ERROR_NONE) {
      fail(self.is_secured ? "SSL_read_ex" : "SSL_do_handshake");
    } else if (!self.is_secured) {
      report_secured();
    } else {
      end_say("{\"event\":\"data\",\"text\":\"%.*s\"}", (int)size, text);
    }
  }
}

static void obey(const char* order) {
  if (strcmp(order, "close") == 0) {
    SSL_shutdown(self.ssl);
  } else if (SSL_write(self.ssl, order + strlen("send "), (int)strlen(order + strlen("send "))) <
             1) {
    fail("SSL_write");
  }
}

int main(int count, char** values) {
  self.options = end_options(count, values);
  self.channel = end_open();
  end_meet(&self.channel, OpenSSL_version(OPENSSL_FULL_VERSION_STRING), "", self.expected);
  if (!open_end()) fail("OpenSSL");
  if (self.options.cookies) listen_for_cookie();
  advance();
  while (!self.is_over && !self.channel.has_ended) {
    end_wait(&self.channel, patience());
    if (DTLSv1_handle_timeout(self.ssl) < 0) fail("DTLSv1_handle_timeout");
    advance();
    const char* order;
    while (!self.is_over && (order = end_order(&self.channel))) obey(order);
  }
  end_stay(&self.channel);
  SSL_free(self.ssl);
  return 0;
}
