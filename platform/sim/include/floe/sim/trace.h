// A record of what happened in a world. All of it is hashed, so that two runs can be compared, and
// the last records are kept for reading.
//
// Every datagram adds two records: when it is sent, and when its fate is known. A note adds the
// text of the code that calls note(). Records become text only when lines() is called.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "floe/sim/fate.h"
#include "floe/sim/hash64.h"
#include "floe/types/time.h"

namespace floe::sim {

struct TraceCounters {
  std::uint64_t sent = 0;        ///< by sockets
  std::uint64_t duplicated = 0;  ///< by links
  std::uint64_t delivered = 0;
  std::uint64_t lost = 0;
};

class Trace {
 public:
  /// Records kept to be read; older ones are in the hash only.
  static constexpr std::size_t kRecordsMax = 512;

  /// A datagram as it is now: boxes on its way have changed its addresses.
  struct Datagram {
    TransportAddress source;
    TransportAddress destination;
    std::uint64_t payload_hash;
    std::uint32_t payload_size;
  };

  void sent(Timestamp at, const Datagram& datagram);
  void ended(Timestamp at, const Datagram& datagram, Fate fate);
  void duplicated() { ++counters_.duplicated; }
  /// "12.5 left: is connected". Of a longer text the first 60 bytes are kept to be read.
  void note(Timestamp at, std::string_view subject, std::string_view text);

  std::uint64_t hash_value() const { return hash_.value(); }
  const TraceCounters& counters() const { return counters_; }
  /// The number of records so far, records that are no longer kept included.
  std::uint64_t record_count() const { return record_count_; }
  /// The last records in words, oldest first; times in seconds since the world began.
  std::vector<std::string> lines(std::size_t count_max = kRecordsMax) const;

 private:
  struct Sent {
    Datagram datagram;
  };
  struct Ended {
    Datagram datagram;
    Fate fate;
  };
  struct Note {
    std::uint8_t size;
    std::array<char, 60> text;
  };
  struct Record {
    Timestamp at;
    std::variant<Sent, Ended, Note> what;
  };

  void hash(const Datagram& datagram);
  void keep(const Record& record);
  static std::string to_text(const Record& record);

  Hash64 hash_;
  TraceCounters counters_;
  std::uint64_t record_count_ = 0;
  std::vector<Record> records_;  // a ring, once it is full
};

}  // namespace floe::sim
