// TLS on one connected socket.
#pragma once

#include <mbedtls/ssl.h>

#include <string>

#include "floe/types/bytes.h"
#include "stream_io.h"
#include "tls_identity.h"
#include "tls_trust.h"

namespace floe::native {

/// Either end (RFC 5246). That of a client is verified by chain and name before handshake() says
/// that it is done. Never blocks: the descriptor does not either.
class TlsSession {
 public:
  /// The descriptor must outlive it.
  TlsSession(int fd, std::string server_name);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /// Before all else. False: failure() says why. `trust` must outlive the session.
  bool prepare(TlsTrust& trust);
  /// The same for the end of a server, which has no `server_name`.
  bool prepare(const TlsIdentity& identity);
  /// To be called until it has moved or failed.
  IoResult handshake();
  /// At most one record: what a buffer of kRecordSize takes, leaves nothing behind in here.
  IoResult read(MutableBytes out);
  /// After `wants_write` the next call must begin with the same bytes.
  IoResult write(Bytes bytes);
  /// Says that nothing more will be sent, if the kernel has room for it.
  void notify_close();

  static constexpr std::size_t kRecordSize = MBEDTLS_SSL_IN_CONTENT_LEN;

  const StreamFailure& failure() const { return failure_; }

 private:
  static int send_encrypted(void* session, const unsigned char* bytes, std::size_t size);
  static int receive_encrypted(void* session, unsigned char* out, std::size_t size);
  bool set_up(const mbedtls_ssl_config* config);
  IoResult result_of(int error);
  StreamFailure explain(int error);
  StreamFailure explain_certificate();

  int fd_;
  std::string server_name_;
  mbedtls_ssl_context ssl_;
  std::size_t unfinished_write_ = 0;  // mbedTLS has encrypted so much of what it is asked to write
  int system_error_ = 0;
  bool established_ = false;
  StreamFailure failure_;
};

}  // namespace floe::native
