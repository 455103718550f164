// One end of a DTLS 1.2 association of OpenSSL.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <span>

namespace floe::bench {

class DtlsEnd {
 public:
  enum class Role : std::uint8_t { client, server };

  /// Reads from `in` and writes to `out`, which may be the same; takes both over.
  DtlsEnd(Role role, BIO* in, BIO* out);

  /// One step of the handshake. True: it is complete.
  bool shake();
  void write(std::span<const std::uint8_t> data);
  /// The size of what came; 0: nothing is there.
  std::size_t read(std::span<std::uint8_t> buffer);

 private:
  struct Deleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  std::unique_ptr<SSL_CTX, Deleter> context_;
  std::unique_ptr<SSL, Deleter> ssl_;
};

/// Until both are through; throws when that takes too many steps.
void shake_hands(DtlsEnd& client, DtlsEnd& server);

}  // namespace floe::bench
