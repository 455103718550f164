// Moves packets from attachment to attachment, and writes down what becomes of them.
//
// Hosts and boxes use it; a test that builds a world does not. A hop costs one event and no
// allocation.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "floe/api/random.h"
#include "floe/sim/capture.h"
#include "floe/sim/event_queue.h"
#include "floe/sim/network.h"
#include "floe/sim/packet_watcher.h"
#include "floe/sim/trace.h"

namespace floe::sim {

/// The most hops of a packet: where networks lead in circles, it is lost.
inline constexpr std::uint8_t kHopsMax = 64;

class Traffic final : private EventHandler {
 public:
  /// All references must outlive this object.
  Traffic(EventQueue& queue, RandomSource& random, Trace& trace)
      : queue_(queue), random_(random), trace_(trace) {}
  Traffic(const Traffic&) = delete;
  Traffic& operator=(const Traffic&) = delete;

  Timestamp now() const { return queue_.now(); }
  RandomSource& random() { return random_; }
  Packet& operator[](PacketId id) { return packets_[id]; }

  /// The next number for an Attachment, whose name captures show.
  std::uint32_t number_attachment(std::string name);

  /// A new datagram leaves `from`.
  void emit(Attachment& from, const TransportAddress& source, const TransportAddress& destination,
            Bytes payload);
  /// A box lets the packet leave `from`.
  void forward(Attachment& from, PacketId id);
  /// The packet is lost.
  void lose(PacketId id, Fate fate);
  /// A socket takes the packet; the packet stays until release().
  void note_delivered(PacketId id) { note_end(id, Fate::delivered); }
  void release(PacketId id) { packets_.give_back(id); }

  /// `watcher` must outlive this object or be removed, but not from inside its own functions.
  void add_watcher(PacketWatcher& watcher) { watchers_.push_back(&watcher); }
  void remove_watcher(PacketWatcher& watcher) { std::erase(watchers_, &watcher); }
  Capture& start_capture();
  std::size_t packets_under_way() const { return packets_.in_use(); }

 private:
  void on_event(std::uint64_t event) override;
  Fate cross(const Link& link, std::size_t size);
  Duration delay_between(Attachment& from, Attachment& to);
  Duration delay_of(const Link& link);
  bool draws(std::uint32_t ppm) { return ppm > 0 && random_.below(1'000'000) < ppm; }
  PacketId copy(PacketId id);
  void tell_sent(const Attachment& from, const Packet& packet);
  void note_end(PacketId id, Fate fate);
  void capture(const Attachment& at, Packet& packet, Capture::Direction direction);

  EventQueue& queue_;
  RandomSource& random_;
  Trace& trace_;
  PacketPool packets_;
  std::uint64_t sent_count_ = 0;
  std::vector<std::string> attachment_names_;
  std::vector<PacketWatcher*> watchers_;
  std::unique_ptr<Capture> capture_;
};

}  // namespace floe::sim
