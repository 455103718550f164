// Those who have connected and not yet shown who they are. They have a budget of their own, so that
// they cannot keep out a client that has: in all, and for each /24 or /48.
//
// Nobody is refused. When a budget is full, the oldest goes: of the newcomer's own network when
// that is full, else of the network that has the most of them. A client says who it is right after
// it has connected, so it is the silent ones that are old.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "floe/types/address.h"

namespace floe::native {

class Stranger {
 public:
  /// It has to go, for another. Its place is gone already; it must not enter or leave inside this.
  virtual void on_displaced() = 0;

 protected:
  ~Stranger() = default;
};

struct StrangerLimits {
  std::size_t all = 1024;
  std::size_t per_network = 256;
};

class Strangers {
 public:
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept;
    Place& operator=(Place&& other) noexcept;
    ~Place() { leave(); }
    /// It has shown who it is, or is gone.
    void leave();
    bool is_taken() const { return strangers_ != nullptr; }

   private:
    friend class Strangers;
    Place(Strangers& strangers, const IpAddress& network, std::uint64_t number)
        : strangers_(&strangers), network_(network), number_(number) {}

    Strangers* strangers_ = nullptr;
    IpAddress network_;
    std::uint64_t number_ = 0;
  };

  explicit Strangers(StrangerLimits limits = {}) : limits_(limits) {}
  Strangers(const Strangers&) = delete;
  Strangers& operator=(const Strangers&) = delete;

  /// `stranger` must outlive its place, and this the places.
  Place enter(const IpAddress& ip, Stranger& stranger);
  std::size_t count() const { return count_; }
  std::uint64_t displaced() const { return displaced_; }

 private:
  using Waiting = std::map<std::uint64_t, Stranger*>;  // the oldest first

  void leave(const IpAddress& network, std::uint64_t number);
  void displace_oldest(std::map<IpAddress, Waiting>::iterator network);

  StrangerLimits limits_;
  std::map<IpAddress, Waiting> networks_;
  std::size_t count_ = 0;
  std::uint64_t last_number_ = 0;
  std::uint64_t displaced_ = 0;
};

}  // namespace floe::native
