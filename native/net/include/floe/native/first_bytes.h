// Connections whose first bytes decide who serves them.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string_view>

#include "floe/native/loop.h"
#include "floe/native/strangers.h"
#include "floe/native/unique_fd.h"
#include "floe/types/address.h"

namespace floe::native {

/// Reads nothing: who serves the connection reads it from the beginning. A connection that has not
/// said kKnownAfter bytes after kPatience is closed.
class FirstBytes {
 public:
  static constexpr std::size_t kKnownAfter = 12;
  static constexpr Duration kPatience = std::chrono::seconds(5);
  /// How soon it looks again at a connection that has said something, but too little.
  static constexpr Duration kLookAgainAfter = std::chrono::milliseconds(50);

  struct Connection {
    UniqueFd fd;
    TransportAddress peer;
  };
  /// `first` is what the peer said first: kKnownAfter bytes.
  using OnKnown = std::function<void(Connection connection, std::string_view first)>;
  /// Connections that wait are strangers; when there are too many the oldest is closed. `loop` and
  /// `strangers` must outlive it, and `on_known` must not destroy it.
  FirstBytes(Loop& loop, Strangers& strangers, OnKnown on_known);
  ~FirstBytes();
  FirstBytes(const FirstBytes&) = delete;
  FirstBytes& operator=(const FirstBytes&) = delete;

  void take(Connection connection);
  /// Those that have not said enough.
  std::size_t count() const { return waiting_.size(); }
  /// Closes them all; nobody hears of it.
  void clear();

 private:
  class Waiting;

  void look(Waiting& waiting);
  void remove(Waiting& waiting);

  Loop& loop_;
  Strangers& strangers_;
  OnKnown on_known_;
  std::list<std::unique_ptr<Waiting>> waiting_;
};

}  // namespace floe::native
