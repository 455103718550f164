// The datagrams on every interface of a world, as a file that Wireshark opens (pcapng,
// draft-ietf-opsawg-pcapng).
//
// Off unless World::start_capture() was called. Each datagram is written when it leaves an
// interface and when it arrives at one, with made-up IP and UDP headers and the virtual time; a
// comment in the file marks a datagram that was lost.
// tcpdump does not read it: its library refuses raw IP from more than one interface.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::sim {

/// Payload bytes that a capture holds; later datagrams are counted only.
inline constexpr std::size_t kCaptureBytesMax = 64 * 1024 * 1024;

class Capture {
 public:
  enum class Direction : std::uint8_t { inbound = 1, outbound = 2 };  // as pcapng numbers them

  /// Interfaces are numbered in the order in which they are added.
  void add_interface(std::string name) { interfaces_.push_back(std::move(name)); }

  /// The record's number, for comment().
  std::uint32_t record(Timestamp at, std::uint32_t interface, Direction direction,
                       const TransportAddress& source, const TransportAddress& destination,
                       Bytes payload);
  /// `text` must live as long as the capture.
  void comment(std::uint32_t record, std::string_view text);

  std::uint64_t dropped() const { return dropped_; }
  /// The file.
  ByteVector bytes() const;

 private:
  struct Record {
    Timestamp at;
    std::uint32_t interface;
    Direction direction;
    TransportAddress source;
    TransportAddress destination;
    std::size_t offset;
    std::size_t size;
    std::string_view comment;
  };

  std::vector<std::string> interfaces_;
  std::vector<Record> records_;
  ByteVector payloads_;
  std::uint64_t dropped_ = 0;
};

}  // namespace floe::sim
