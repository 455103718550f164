// Lets a test decide what becomes of each single datagram of DTLS between two hosts in the open.
//
// Just before a datagram leaves, the link of its sender is made what the test says; all else finds
// the links as they were.
#pragma once

#include <functional>

#include "floe/sim/sim_host.h"

namespace floe::sim {

class PickedDatagrams {
 public:
  /// They are counted from 0, those of both hosts together, in the order in which they are sent.
  struct Picked {
    std::size_t number;
    const SimHost& sender;
    Bytes bytes;
  };
  /// Worsens `link` for this datagram, if it likes.
  using Choice = std::function<void(const Picked& datagram, Link& link)>;

  /// The hosts, whose links are as they should be for all else, must outlive it.
  PickedDatagrams(SimHost& left, SimHost& right, Choice choice);
  PickedDatagrams(const PickedDatagrams&) = delete;
  PickedDatagrams& operator=(const PickedDatagrams&) = delete;

  std::size_t count() const { return count_; }

 private:
  class Sender final : private HostObserver {
   public:
    Sender(PickedDatagrams& owner, SimHost& host);
    ~Sender();
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    void restore_link();

   private:
    void on_sending(const TransportAddress& from, const TransportAddress& to,
                    Bytes payload) override;
    void on_arriving(const Datagram&) override {}
    void on_arrived(const Datagram&) override {}
    void on_timer_rung() override {}

    PickedDatagrams& owner_;
    SimHost& host_;
    const Link usual_;
  };

  Sender left_;
  Sender right_;
  Choice choice_;
  std::size_t count_ = 0;
};

/// A link on which a datagram is lost for certain.
inline constexpr std::uint32_t kLostForCertain = 1'000'000;

}  // namespace floe::sim
