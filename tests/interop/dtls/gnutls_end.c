// GnuTLS as an end of the tests of interoperation (end.h), at its defaults except for timers.
#include <gnutls/crypto.h>
#include <gnutls/dtls.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/socket.h>

#include "end.h"

enum {
  kFirstTimeoutMs = 60,
  kTotalTimeoutMs = 20000,
  kExtension = 0xfa1e,  // nobody's, so that servers pass over it
  kExtensionSize = 1280,
};

typedef struct {
  EndOptions options;
  EndChannel channel;
  gnutls_session_t session;
  char expected[96];
  char shown[96];
  bool is_secured, is_over;
} End;

static End self;

static void fail(const char* what, int error) {
  const int alert =
      error == GNUTLS_E_FATAL_ALERT_RECEIVED ? (int)gnutls_alert_get(self.session) : 0;
  end_say("{\"event\":\"failed\",\"alert\":%d,\"message\":\"%s: %s\"}", alert, what,
          gnutls_strerror(error));
  self.is_over = true;
}

// Instead of looking for an authority: whether the certificate is the one that was announced.
static int verify(gnutls_session_t session) {
  unsigned count = 0;
  const gnutls_datum_t* chain = gnutls_certificate_get_peers(session, &count);
  uint8_t digest[32];
  size_t size = sizeof digest;
  if (count == 0 || gnutls_fingerprint(GNUTLS_DIG_SHA256, chain, digest, &size) != 0) return -1;
  return strcmp(end_hex(digest, size, ':', self.shown), self.expected) == 0 ? 0 : -1;
}

static int write_extension(gnutls_session_t session, gnutls_buffer_t out) {
  (void)session;
  static const uint8_t kBytes[kExtensionSize];
  return gnutls_buffer_append_data(out, kBytes, sizeof kBytes) == 0 ? (int)sizeof kBytes : -1;
}

static int read_extension(gnutls_session_t session, const uint8_t* bytes, size_t size) {
  (void)session, (void)bytes, (void)size;
  return 0;
}

static int open_end(void) {
  const EndOptions* options = &self.options;
  gnutls_certificate_credentials_t credentials;
  gnutls_certificate_allocate_credentials(&credentials);
  gnutls_certificate_set_verify_function(credentials, verify);
  int error = gnutls_certificate_set_x509_key_file(credentials, options->certificate, options->key,
                                                   GNUTLS_X509_FMT_PEM);
  if (error < 0) return error;
  const unsigned role = options->is_server ? GNUTLS_SERVER : GNUTLS_CLIENT;
  error = gnutls_init(&self.session, role | GNUTLS_DATAGRAM | GNUTLS_NONBLOCK);
  if (error < 0) return error;
  gnutls_set_default_priority(self.session);
  gnutls_credentials_set(self.session, GNUTLS_CRD_CERTIFICATE, credentials);
  if (options->is_server) {
    gnutls_certificate_server_set_request(self.session, GNUTLS_CERT_REQUIRE);
  }
  gnutls_transport_set_int(self.session, self.channel.socket);
  gnutls_dtls_set_mtu(self.session, (unsigned)options->mtu);
  gnutls_dtls_set_timeouts(self.session, kFirstTimeoutMs, kTotalTimeoutMs);
  if (options->srtp) {
    error = gnutls_srtp_set_profile(self.session, GNUTLS_SRTP_AES128_CM_HMAC_SHA1_80);
  }
  if (error >= 0 && options->long_hello) {
    error = gnutls_session_ext_register(self.session, "long", kExtension, GNUTLS_EXT_TLS,
                                        read_extension, write_extension, NULL, NULL, NULL,
                                        GNUTLS_EXT_FLAG_CLIENT_HELLO);
  }
  return error;
}

static ssize_t push(gnutls_transport_ptr_t transport, const void* bytes, size_t size) {
  (void)transport;
  return send(self.channel.socket, bytes, size, 0);
}

// Answers clients without a cookie, and returns after one that has it, whose datagram stays.
static void listen_for_cookie(void) {
  static char kClient[] = "the only client";
  gnutls_datum_t key;
  gnutls_dtls_prestate_st state = {0};
  uint8_t bytes[kEndDatagramMax];
  gnutls_key_generate(&key, GNUTLS_COOKIE_KEY_SIZE);
  while (!self.channel.has_ended) {
    end_wait(&self.channel, -1);
    const ssize_t size = recv(self.channel.socket, bytes, sizeof bytes, MSG_PEEK);
    if (size < 0) continue;
    if (gnutls_dtls_cookie_verify(&key, kClient, sizeof kClient, bytes, (size_t)size, &state) >=
        0) {
      break;
    }
    gnutls_dtls_cookie_send(&key, kClient, sizeof kClient, &state, NULL, push);
    recv(self.channel.socket, bytes, sizeof bytes, 0);
  }
  gnutls_dtls_prestate_set(self.session, &state);
  gnutls_free(key.data);
}

static int patience(void) {
  return self.is_secured ? -1 : (int)gnutls_dtls_get_timeout(self.session);
}

static void report_secured(void) {
  char keys[kEndKeysSize];
  char text[2 * kEndKeysSize + 1];
  gnutls_srtp_profile_t profile = 0;
  if (gnutls_srtp_get_selected_profile(self.session, &profile) != 0) profile = 0;
  const int error =
      gnutls_prf_rfc5705(self.session, strlen(END_LABEL), END_LABEL, 0, NULL, sizeof keys, keys);
  if (error < 0) return fail("gnutls_prf_rfc5705", error);
  self.is_secured = true;
  end_say("{\"event\":\"secured\",\"peer\":\"%s\",\"keys\":\"%s\",\"srtp\":%d}", self.shown,
          end_hex((const uint8_t*)keys, sizeof keys, 0, text), (int)profile);
}

static void shake_hands(void) {
  const int result = gnutls_handshake(self.session);
  if (result == 0) return report_secured();
  if (result == GNUTLS_E_AGAIN || gnutls_error_is_fatal(result) == 0) return;
  gnutls_alert_send_appropriate(self.session, result);
  fail("gnutls_handshake", result);
}

static void read_all(void) {
  char text[kEndLineMax];
  ssize_t size;
  while ((size = gnutls_record_recv(self.session, text, sizeof text)) > 0) {
    end_say("{\"event\":\"data\",\"text\":\"%.*s\"}", (int)size, text);
  }
  if (size == 0) {
    gnutls_bye(self.session, GNUTLS_SHUT_WR);
    end_say("{\"event\":\"closed\"}");
    self.is_over = true;
  } else if (gnutls_error_is_fatal((int)size)) {
    fail("gnutls_record_recv", (int)size);
  }
}

static void obey(const char* order) {
  const char* text = order + strlen("send ");
  const ssize_t result = strcmp(order, "close") == 0
                             ? gnutls_bye(self.session, GNUTLS_SHUT_WR)
                             : gnutls_record_send(self.session, text, strlen(text));
  if (result < 0) fail(order, (int)result);
}

int main(int count, char** values) {
  self.options = end_options(count, values);
  self.channel = end_open();
  end_meet(&self.channel, gnutls_check_version(NULL), "", self.expected);
  const int error = open_end();
  if (error < 0) fail("GnuTLS", error);
  if (self.options.cookies) listen_for_cookie();
  while (!self.is_over && !self.channel.has_ended) {
    if (!self.is_secured) shake_hands();
    if (self.is_secured && !self.is_over) read_all();
    const char* order;
    while (!self.is_over && (order = end_order(&self.channel))) obey(order);
    if (!self.is_over) end_wait(&self.channel, patience());
  }
  end_stay(&self.channel);
  gnutls_deinit(self.session);
  return 0;
}
