// The statistics of one candidate pair, in W3C's terms (RTCIceCandidatePairStats).
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::ice {

struct PairStatistics {
  std::uint32_t requests_sent = 0;  ///< connectivity checks with their repeats, without consent
  std::uint32_t requests_received = 0;
  std::uint32_t responses_sent = 0;
  std::uint32_t responses_received = 0;
  std::uint32_t consent_requests_sent = 0;
  std::uint32_t round_trips = 0;  ///< in total_round_trip
  std::uint32_t data_sent = 0;    ///< datagrams of the application, as are the three below
  std::uint32_t data_received = 0;
  std::uint64_t data_bytes_sent = 0;
  std::uint64_t data_bytes_received = 0;
  std::uint32_t data_discarded = 0;  ///< not sent, by a full queue or an error; not in data_sent
  std::uint64_t data_bytes_discarded = 0;
  Duration current_round_trip{};  ///< of the latest answer to a request that was sent once
  Duration total_round_trip{};    ///< sum over `round_trips` answers
  Timestamp last_sent{};          ///< of the latest datagram of the application, if there is one
  Timestamp last_received{};

  /// A datagram of the application leaves.
  void count_sent(Timestamp now, std::size_t size) {
    ++data_sent;
    data_bytes_sent += size;
    last_sent = now;
  }
  /// A datagram of the application came.
  void count_received(Timestamp now, std::size_t size) {
    ++data_received;
    data_bytes_received += size;
    last_received = now;
  }
  /// A datagram that counts as sent was not. False: none was sent.
  bool discard(std::size_t size) {
    if (data_sent == 0) return false;
    --data_sent;
    data_bytes_sent -= size;
    ++data_discarded;
    data_bytes_discarded += size;
    return true;
  }
};

}  // namespace floe::ice
