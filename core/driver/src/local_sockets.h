// The sockets of one agent on its host: one for each address, data stream and component. follow()
// opens and closes them when the addresses of the host change.
//
// Limit: ice::kLocalCandidatesMax sockets.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "floe/api/host.h"
#include "floe/driver/gather_options.h"
#include "floe/driver/local_sockets_listener.h"
#include "floe/ice/agent_config.h"
#include "floe/ice/output.h"
#include "floe/ice/send_result.h"
#include "floe/types/list.h"

namespace floe {

class LocalSockets {
 public:
  /// Both must outlive the object.
  LocalSockets(const Host& host, LocalSocketsListener& listener);
  ~LocalSockets();

  /// Opens sockets on the addresses that have none, and closes those on addresses that are gone.
  void follow(const List<IpAddress>& addresses, const GatherOptions& options,
              const ice::AgentConfig& config);
  /// Sends from the socket bound to `transmit.local`; `refused` when there is none.
  ice::SendResult send(const ice::Transmit& transmit);
  /// Closes all sockets; no event of them follows. The socket objects stay until this object is
  /// destroyed, because a listener may call this from inside an event of a socket.
  void close();

 private:
  class Socket;

  void close_all_except(const List<IpAddress>& addresses);
  std::uint16_t take_preference(std::span<const IpAddress> later);
  void open_on(const IpAddress& ip, std::uint16_t local_preference, const GatherOptions& options,
               const ice::AgentConfig& config);
  void open(ice::StreamComponent component, const IpAddress& ip, std::uint16_t local_preference,
            const GatherOptions& options);
  Socket* find(const TransportAddress& local);

  const Host& host_;
  LocalSocketsListener& listener_;
  std::uint16_t next_preference_ = 65535;
  std::uint8_t places_between_ = 254;
  bool is_closed_ = false;
  std::vector<std::unique_ptr<Socket>> sockets_;
};

}  // namespace floe
