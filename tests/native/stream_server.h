// A server of TCP, or of TLS, for the tests of streams.
#pragma once

#include <mbedtls/ssl.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "floe/native/unique_fd.h"
#include "floe/native/watch.h"
#include "floe/types/address.h"
#include "loop_runner.h"
#include "test_certificate.h"

namespace floe::native::test {

/// Accepts one connection at a time on 127.0.0.1, keeps what it hears, and sends it back if told.
class StreamServer final : private WatchListener {
 public:
  explicit StreamServer(Loop& loop, const TestCertificate* certificate = nullptr);
  ~StreamServer();

  const TransportAddress& address() const { return address_; }
  bool is_connected() const { return connection_.is_open(); }
  const std::string& received() const { return received_; }
  bool has_ended() const { return ended_; }

  void set_echo(bool echo) { echo_ = echo; }
  /// While false it leaves what arrives to the kernel.
  void set_reading(bool reading);
  void send(std::string_view bytes);
  void close() { end(false); }
  /// Called with what arrives.
  std::function<void(std::string_view)> on_bytes;

  /// With a reset instead of a farewell.
  void reset() { end(true); }

 private:
  struct Tls;

  void on_ready(Readiness readiness) override;
  void accept_one();
  int read_some(char* out, std::size_t size);
  void end(bool with_reset);

  Loop& loop_;
  UniqueFd listener_;
  TransportAddress address_;
  std::optional<Watch> watch_;
  UniqueFd connection_;
  std::optional<Watch> connection_watch_;
  std::unique_ptr<Tls> tls_;
  std::string received_;
  bool echo_ = false;
  bool reading_ = true;
  bool ended_ = false;
};

}  // namespace floe::native::test
