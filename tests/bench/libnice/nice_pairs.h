// Pairs of libnice agents in one process and one main context, over 127.0.0.1.
#pragma once

#include <nice/agent.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>

namespace floe::bench {

/// One agent at its fastest: it nominates aggressively, as is its default; with regular nomination
/// it takes two ticks of 20 ms more. Consent checks, UDP only.
class NiceEnd {
 public:
  /// `connected` counts agents that have a nominated pair.
  NiceEnd(GMainContext* context, bool controlling, std::size_t& connected);
  ~NiceEnd();
  NiceEnd(const NiceEnd&) = delete;
  NiceEnd& operator=(const NiceEnd&) = delete;

  void gather();
  bool is_gathered() const { return gathered_; }
  bool is_connected() const { return connected_; }
  /// Hands `other` the credentials and all candidates.
  void describe_to(NiceEnd& other) const;
  bool send(std::span<const std::uint8_t> payload);

  std::function<void(std::span<const std::uint8_t>)> on_data;

 private:
  static constexpr guint kComponent = 1;
  static void gathering_done(NiceAgent*, guint stream, NiceEnd* self);
  static void state_changed(NiceAgent*, guint stream, guint component, guint state, NiceEnd* self);
  static void received(NiceAgent*, guint stream, guint component, guint size, gchar* bytes,
                       gpointer self);

  NiceAgent* agent_;
  guint stream_;
  std::size_t& all_connected_;
  bool gathered_ = false;
  bool connected_ = false;
};

struct NicePair {
  NicePair(GMainContext* context, std::size_t& connected)
      : left(context, true, connected), right(context, false, connected) {}
  bool is_connected() const { return left.is_connected() && right.is_connected(); }

  NiceEnd left;  // controlling
  NiceEnd right;
};

/// As NativePairs is for our own agents.
class NicePairs {
 public:
  NicePairs() : context_(g_main_context_default()) {}

  void gather(std::size_t count);
  void connect(std::size_t count);
  void clear() { pairs_.clear(), connected_ = 0; }

  void run_for(std::int64_t span_ns);
  void run_until(const std::function<bool()>& done);
  void run_once() { g_main_context_iteration(context_, TRUE); }

  NicePair& pair(std::size_t index) { return pairs_[index]; }

 private:
  GMainContext* context_;
  std::deque<NicePair> pairs_;
  std::size_t connected_ = 0;
};

}  // namespace floe::bench
