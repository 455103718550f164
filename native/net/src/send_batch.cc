#include "send_batch.h"

#include <cerrno>
#include <utility>

#include "icmp_queue.h"

namespace floe::native {
namespace {

// Linux takes 64 segments a call; their sum must fit the length fields of UDP and IP.
constexpr std::size_t kSegmentsMax = 64;
constexpr std::size_t kSegmentedBytesMax = 65000;

}  // namespace

void SendBatch::add(const TransportAddress& to, Bytes payload) {
  entries_.push_back({to, payloads_.size(), payload.size()});
  groups_.add(to);
  payloads_.insert(payloads_.end(), payload.begin(), payload.end());
}

void SendBatch::sort_by_destination() {
  if (groups_.count() < 2) return;
  sorted_.clear();
  groups_.for_each([this](std::size_t i) { sorted_.push_back(entries_[i]); });
  entries_.swap(sorted_);
}

std::size_t SendBatch::run_length(std::size_t first, std::size_t segment_max) const {
  const Entry& head = entries_[first];
  if (head.size == 0 || head.size > segment_max) return 1;
  std::size_t bytes = head.size;
  std::size_t end = first + 1;
  while (end < entries_.size() && end - first < kSegmentsMax) {
    const Entry& next = entries_[end];
    if (next.size == 0 || next.size > head.size || next.to != head.to) break;
    if (bytes + next.size > kSegmentedBytesMax) break;
    bytes += next.size;
    ++end;
    if (next.size < head.size) break;  // only the last may be shorter
  }
  return end - first;
}

void SendBatch::form_runs(std::size_t first, Segmentation segmentation, SendMessages& messages) {
  runs_.clear();
  messages.clear();
  const std::size_t segment_max = segmentation.enabled ? segmentation.segment_max : 0;
  while (first < entries_.size()) {
    const std::size_t count = run_length(first, segment_max);
    const Entry& head = entries_[first];
    messages.add(head.to, count > 1 ? static_cast<std::uint16_t>(head.size) : std::uint16_t{0});
    for (std::size_t i = first; i < first + count; ++i) {
      messages.add_piece(Bytes(payloads_).subspan(entries_[i].offset, entries_[i].size));
    }
    runs_.push_back({first, count});
    first += count;
  }
}

bool SendBatch::learn_from_refusal(int error, std::size_t segment, Segmentation segmentation) {
  if (error == EIO) {
    segmentation.enabled = false;
    return true;
  }
  if (error != EINVAL && error != EMSGSIZE) return false;
  segmentation.segment_max = static_cast<std::uint16_t>(segment - 1);
  return true;
}

bool SendBatch::flush(int fd, SendMessages& messages, Segmentation segmentation,
                      UdpStatistics& statistics) {
  sort_by_destination();
  form_runs(0, segmentation, messages);
  bool retried = false;
  bool has_room = true;
  for (std::size_t next = 0; next < runs_.size();) {
    ++statistics.send_calls;
    const int taken = messages.send(fd, next);
    for (int i = 0; i < taken; ++i, ++next) {
      const std::size_t count = runs_[next].count;
      statistics.sent += count;
      if (count > 1) statistics.segmented += count;
    }
    if (taken >= 0) continue;
    const int error = errno;
    const Run run = runs_[next];
    if (error == EINTR) continue;
    // An ICMP error about an earlier datagram is reported once, by the next call.
    if (is_of_earlier_datagram(error) && !std::exchange(retried, true)) continue;
    if (run.count > 1 && learn_from_refusal(error, entries_[run.first].size, segmentation)) {
      form_runs(run.first, segmentation, messages);
      next = 0;
      continue;
    }
    if (is_queue_full(error)) {
      statistics.dropped += entries_.size() - run.first;
      has_room = false;
      break;
    }
    statistics.failed += run.count;
    ++next;
  }
  entries_.clear();
  groups_.clear();
  payloads_.clear();
  return has_room;
}

}  // namespace floe::native
