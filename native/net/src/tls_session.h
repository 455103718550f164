// TLS on one connected socket.
#pragma once

#include <mbedtls/ssl.h>

#include <string>

#include "floe/types/bytes.h"
#include "stream_io.h"
#include "tls_identity.h"
#include "tls_trust.h"

namespace floe::native {

/// It is the client's or the server's end (RFC 5246). A client verifies the server's chain and name
/// before handshake() says that it is done. It never blocks, since the descriptor is non-blocking.
class TlsSession {
 public:
  /// The descriptor must outlive the session.
  TlsSession(int fd, std::string server_name);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /// The first call. False: failure() says why. `trust` must outlive the session.
  bool prepare(TlsTrust& trust);
  /// The same for the end of a server, which has no `server_name`.
  bool prepare(const TlsIdentity& identity);
  /// Call it until it returns `moved` or `failed`.
  IoResult handshake();
  /// Reads at most one record. With a buffer of kRecordSize, no byte of the record stays in the
  /// session.
  IoResult read(MutableBytes out);
  /// After `wants_write` the next call must begin with the same bytes.
  IoResult write(Bytes bytes);
  /// Tells the other end that nothing more will be sent, if the kernel has room for the message.
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
  std::size_t unfinished_write_ = 0;  // bytes of the next write() that are encrypted already
  int system_error_ = 0;
  bool established_ = false;
  StreamFailure failure_;
};

}  // namespace floe::native
