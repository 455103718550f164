// An end of the native C API in a room, and what it is told.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "c_host.h"
#include "rooms.h"

namespace floe::rooms::test {

struct End {
  explicit End(const char* own_name) : name(own_name) {}
  ~End() { host.reset(); }

  floe_room_config config(const std::string& url) {
    floe_room_config made{};
    made.size = sizeof made;
    made.url = url.c_str();
    made.name = name;
    made.user = this;
    made.on_connection = [](void* user, floe_connection* made_one) {
      static_cast<End*>(user)->connection = made_one;
    };
    made.on_gone = [](void* user, floe_connection*) {
      static_cast<End*>(user)->connection = nullptr;
    };
    made.on_selected_pair = [](void* user, floe_connection*, const floe_selected_pair* pair) {
      static_cast<End*>(user)->selected.push_back(*pair);
    };
    made.on_waiting = [](void* user, floe_waiting reason, const char* text) {
      static_cast<End*>(user)->waits.push_back(std::to_string(reason) + " " + text);
    };
    return made;
  }
  bool logs(const std::string& part) const {
    for (const std::string& line : log.lines) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }

  const char* name;
  c::test::Log log;
  std::vector<std::string> waits;
  floe_connection* connection = nullptr;
  std::vector<floe_selected_pair> selected;
  c::test::OwnedHost host = c::test::make_host(log);
};

template <class Predicate>
bool run_until(Rooms& rooms, std::initializer_list<End*> ends, Predicate done) {
  for (int pass = 0; pass < 5000; ++pass) {
    if (done()) return true;
    rooms.host.loop().run_once(std::chrono::milliseconds(1));
    for (End* end : ends) floe_host_run_once(end->host.get(), 0);
  }
  return false;
}

inline bool is_completed(const End& end) {
  return end.connection != nullptr &&
         floe_connection_get_state(end.connection) == FLOE_STATE_COMPLETED;
}

}  // namespace floe::rooms::test
