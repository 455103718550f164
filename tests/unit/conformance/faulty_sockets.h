// Datagram sockets with one fault, made from sockets that have none.
#pragma once

#include <memory>
#include <vector>

#include "fault.h"
#include "floe/api/datagram_socket.h"

namespace floe::testing {

class FaultySockets final : public DatagramSockets {
 public:
  FaultySockets(DatagramSockets& sound, Fault fault);
  ~FaultySockets() override;
  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;

 private:
  class Line;
  class Socket;
  void close(std::unique_ptr<Line> line);

  DatagramSockets& sound_;
  Fault fault_;
  const Line* delivering_ = nullptr;
  std::vector<Line*> lines_;
  std::vector<std::unique_ptr<Line>> undead_;  // whose sockets were destroyed
};

}  // namespace floe::testing
