// The lookups of host names that a client asks of its gateway: lookups that wait for a free id, and
// lookups that the gateway is working on.
//
// A lookup is removed when the application cancels it or when its answer is in the EventQueue. Its
// id in the protocol is free again only when the gateway has answered, even if the lookup was
// removed before.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "event_queue.h"
#include "floe/tunnel/records/name_records.h"
#include "floe/types/time.h"
#include "uplink.h"
#include "wire_ids.h"

namespace floe::tunnel {

/// The time limit for the answer. The time for which a lookup waits for a free id counts too.
inline constexpr Duration kLookupPatience = std::chrono::seconds(5);

class ClientLookups {
 public:
  /// Both must outlive it.
  ClientLookups(Uplink& uplink, EventQueue& events) : uplink_(uplink), events_(events) {}

  /// WELCOME came: the time limit of the waiting lookups begins.
  void handle_welcome(Timestamp now);

  /// The lookup waits for ask_waiting(). Before WELCOME it has no deadline (kNever).
  LookupHandle add(std::string_view name, Timestamp deadline);
  void take_back(LookupHandle lookup);

  /// Sends RESOLVE for the waiting lookups while ids are free.
  void ask_waiting();
  /// Every lookup is answered with that error.
  void fail_all(std::string_view error);

  void handle(Timestamp now, const Resolved& resolved);
  /// ERROR came as the answer to RESOLVE.
  void handle_refused(LookupId id, std::string_view why);

  Timestamp deadline() const;
  void handle_timeout(Timestamp now);

 private:
  struct Lookup {
    LookupHandle own_handle;
    std::string name;
    Timestamp deadline;
    LookupId id = {};  // 0 before RESOLVE

    LookupHandle handle() const { return own_handle; }
    bool is_waiting() const { return id == LookupId{}; }
  };

  bool ask(Lookup& lookup);
  void answer(LookupHandle lookup, const ResolvedAddresses& addresses, std::string_view error);
  bool has_waiting() const;

  Uplink& uplink_;
  EventQueue& events_;
  std::vector<std::unique_ptr<Lookup>> lookups_;  // in the order of asking
  std::uint32_t last_handle_ = 0;
  WireIds ids_;
};

}  // namespace floe::tunnel
