// All clients and their peers.
#pragma once

#include <deque>

#include "echo_peers.h"
#include "soak_client.h"

namespace floe::soak {

class Crowd {
 public:
  /// Both must outlive it.
  Crowd(native::SystemHost& host, const Plan& plan);

  /// From now on nobody sends; or they do again.
  void be_quiet(bool quiet) { company_.is_quiet = quiet; }
  void read_tokens();
  /// One line of JSON.
  std::string report();

 private:
  Flow sum() const;

  EchoPeers peers_;
  Books books_;
  Company company_;
  std::deque<SoakClient> clients_;
};

}  // namespace floe::soak
