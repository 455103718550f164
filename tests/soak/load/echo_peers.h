// UDP sockets that send everything back to where it came from, in a thread of their own. A check of
// ICE becomes its answer.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "floe/native/unique_fd.h"
#include "floe/types/address.h"

namespace floe::soak {

class EchoPeers {
 public:
  EchoPeers(const IpAddress& ip, std::size_t count);

  const std::vector<TransportAddress>& addresses() const { return addresses_; }
  std::uint64_t received() const { return received_; }
  std::uint64_t returned() const { return returned_; }

 private:
  void run(const std::stop_token& stop);

  native::UniqueFd poll_;
  std::vector<native::UniqueFd> sockets_;
  std::vector<TransportAddress> addresses_;
  std::atomic<std::uint64_t> received_ = 0;
  std::atomic<std::uint64_t> returned_ = 0;
  std::jthread thread_;  // the last member: it ends before the others
};

}  // namespace floe::soak
