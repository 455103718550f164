// A PlainStream with TLS in it, by OpenSSL. It believes any certificate.
#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "plain/stream.h"

namespace floe::bench {

class TlsStream final : public PlainStream {
 public:
  /// Waits until the server has agreed.
  explicit TlsStream(std::uint16_t port);

 protected:
  ssize_t write_some(std::span<const std::uint8_t> bytes) override;
  ssize_t read_some(std::span<std::uint8_t> buffer) override;

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  ssize_t result_of(int size) const;

  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace floe::bench
