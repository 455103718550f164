// A client that is mbedTLS alone, for what a Session never does: it may have no certificate, and it
// may ask for another handshake. It trusts everybody.
#pragma once

#include <mbedtls/ssl.h>

#include <deque>
#include <optional>

#include "floe/dtls/session.h"
#include "record.h"

namespace floe::testing {

class MbedtlsClient {
 public:
  struct Result {
    bool secured = false;
    std::optional<dtls::Failed> failed;
  };

  MbedtlsClient(RandomSource& random, const dtls::Certificate* certificate);
  ~MbedtlsClient();
  MbedtlsClient(const MbedtlsClient&) = delete;
  MbedtlsClient& operator=(const MbedtlsClient&) = delete;

  /// Until neither has anything to say; the result is what the server says.
  Result talk_to(dtls::Session& server, Timestamp now);
  /// Asks for another handshake; the records that answer.
  std::vector<dtls::Record> ask_again(dtls::Session& server, Timestamp now);
  /// The description of the server's first alert in the clear.
  int alert() const { return alert_; }

 private:
  void take(const ByteVector& datagram);
  int step();

  static int send(void* self, const unsigned char* bytes, std::size_t size);
  static int receive(void* self, unsigned char* out, std::size_t size);
  static void set_timer(void*, std::uint32_t, std::uint32_t) {}
  static int get_timer(void*) { return 0; }

  mbedtls_ssl_config config_;
  mbedtls_ssl_context ssl_;
  std::deque<ByteVector> to_server_;
  std::deque<ByteVector> from_server_;
  std::deque<ByteVector> all_from_server_;
  bool asks_again_ = false;
  int alert_ = 0;
};

}  // namespace floe::testing
