// One DTLS association of mbedTLS, which is fed by hand.
//
//   give(record); until step() says `waits`: do what it says; then take_datagrams()
//
// It keeps no record beside those that mbedTLS has in its own two buffers.
#pragma once

#include <mbedtls/ssl.h>

#include <optional>
#include <vector>

#include "configuration.h"
#include "cookies.h"
#include "exporter.h"
#include "floe/dtls/failure.h"
#include "record.h"
#include "retransmission_timer.h"

namespace floe::dtls {

class Association {
 public:
  enum class Step : std::uint8_t { waits, secured, has_data, closed_by_peer, failed };
  /// What is wrong with a record.
  enum class Flaw : std::uint8_t { none, replayed, forged };

  Association(const Certificate& certificate, const Options& options, RandomSource& random);
  ~Association();
  Association(const Association&) = delete;
  Association& operator=(const Association&) = delete;

  void set_time(Timestamp now);
  void set_peer_fingerprints(const std::vector<Fingerprint>& expected) { expected_ = expected; }

  /// The record must live until step() has said `waits`.
  void give(const Record& record);
  /// After `has_data` the data is in `room`, which is as long.
  Step step(ByteVector& room);
  /// Takes a record of data, which need not live longer. True: all that was in it is in `room`, and
  /// there is nothing more to do. False: step() until it says `waits`.
  bool open(const Record& record, ByteVector& room);
  /// The flights of the handshake had to fit the path, or what was left of it after losses. Data is
  /// as long as the application makes it, as it would be without DTLS.
  void lift_mtu();
  /// A record with `bytes`, until the next call. Empty when mbedTLS does not take them.
  std::optional<Bytes> seal(Bytes bytes);
  void close();

  Flaw examine(const Record& record) const;

  std::vector<ByteVector> take_datagrams();
  /// After `failed`.
  Failed failure() const;

  bool is_secured() const { return secured_; }
  Timestamp deadline() const { return timer_.deadline(); }
  /// After Options::awaits_path.
  void handle_path(Timestamp now, const std::optional<Duration>& round_trip) {
    timer_.begin(now, first_timeout({.round_trip = round_trip}));
  }
  std::size_t max_datagram_size() const;
  const std::optional<Fingerprint>& peer() const { return peer_; }
  /// One of the two that Configuration allows, by its name at IANA. mbedTLS has hyphens in it.
  std::string_view cipher() const;
  const char* protocol() const { return mbedtls_ssl_get_version(&ssl_); }
  std::optional<SrtpProfile> srtp_profile() const;
  Bytes peer_certificate() const;
  const Exporter& exporter() const { return exporter_; }

 private:
  bool prepare(const Certificate& certificate, const Options& options, RandomSource& random);
  bool name_stranger();
  Step handshake();
  int repeat_flight();
  Step read(ByteVector& room);
  Step judge(int error);
  FailureReason reason_of(int error) const;

  static int send_datagram(void* self, const unsigned char* bytes, std::size_t size);
  static int receive_record(void* self, unsigned char* out, std::size_t size);
  static int verify(void* self, mbedtls_x509_crt* certificate, int depth, std::uint32_t* flags);

  Configuration configuration_;
  Cookies cookies_;
  ByteVector stranger_;  // empty: the client has to show no cookie
  mbedtls_ssl_context ssl_;
  RetransmissionTimer timer_;
  Exporter exporter_;
  std::vector<Fingerprint> expected_;
  std::optional<Fingerprint> peer_;
  std::optional<Record> given_;
  std::optional<Step> undone_;  // what open() came to
  std::vector<ByteVector> datagrams_;
  Bytes sealed_;        // in the buffer of mbedTLS, which leaves it there until it writes again
  bool seals_ = false;  // what mbedTLS sends is to be sealed_
  bool ready_ = false;
  bool secured_ = false;
  bool mismatch_ = false;
  std::uint8_t alert_ = 0;
  FailureReason reason_ = FailureReason::limit;
};

}  // namespace floe::dtls
