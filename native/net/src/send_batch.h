// Datagrams that one socket sends in one pass.
#pragma once

#include <cstdint>
#include <vector>

#include "destination_groups.h"
#include "floe/native/udp_sockets.h"
#include "send_messages.h"

namespace floe::native {

/// Gathers copies of datagrams, then sends them with as few system calls as the kernel allows.
///
/// What goes to one destination is brought together, in its order. Neighbours of one size then (the
/// last of a run may be shorter, as UDP_SEGMENT allows) become one segmented message. A kernel or
/// path that refuses segments gets the run one by one: EIO (a device without checksum offload)
/// turns segmentation off for the loop; EINVAL and EMSGSIZE (a path with a small MTU) lower the
/// largest segment of this socket.
class SendBatch {
 public:
  static constexpr std::size_t kDatagramsMax = SendMessages::kMessagesMax;
  static constexpr std::size_t kBytesMax = 256 * 1024;

  /// Which datagrams may be sent in segments; flush() corrects it when the kernel refuses.
  struct Segmentation {
    bool& enabled;               // for the loop
    std::uint16_t& segment_max;  // for this socket
  };

  bool empty() const { return entries_.empty(); }
  bool has_room_for(std::size_t size) const {
    return entries_.size() < kDatagramsMax && payloads_.size() + size <= kBytesMax;
  }
  /// has_room_for() must be true.
  void add(const TransportAddress& to, Bytes payload);
  /// Sends all datagrams, counts the results, and is empty afterwards. `messages` is memory to work
  /// in. False: a queue of the kernel was full, and the rest was dropped.
  bool flush(int fd, SendMessages& messages, Segmentation segmentation, UdpStatistics& statistics);

 private:
  struct Entry {
    TransportAddress to;
    std::size_t offset;
    std::size_t size;
  };
  // Entries [first, first + count), one message.
  struct Run {
    std::size_t first;
    std::size_t count;
  };

  void sort_by_destination();
  void form_runs(std::size_t first, Segmentation segmentation, SendMessages& messages);
  std::size_t run_length(std::size_t first, std::size_t segment_max) const;
  static bool learn_from_refusal(int error, std::size_t segment, Segmentation segmentation);

  ByteVector payloads_;
  std::vector<Entry> entries_;
  std::vector<Entry> sorted_;
  DestinationGroups groups_;
  std::vector<Run> runs_;
};

}  // namespace floe::native
