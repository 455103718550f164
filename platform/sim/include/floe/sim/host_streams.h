// The streams of a simulated host, and the services to which other hosts open streams.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/api/stream_socket.h"
#include "floe/sim/host_state.h"
#include "floe/sim/stream_acceptor.h"
#include "floe/sim/stream_path.h"

namespace floe::sim {

class SimStream;

/// An address at which a host takes streams.
struct StreamService {
  TransportAddress local;
  StreamAcceptor* acceptor;
  std::string tls_name;  // empty: no TLS
};

class HostStreams final : public StreamSockets {
 public:
  /// `host` must outlive the object.
  explicit HostStreams(HostState& host) : host_(host) {}

  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override;

  void listen(const TransportAddress& local, StreamAcceptor& acceptor, std::string tls_name);
  void stop_listening(const TransportAddress& local);
  /// nullptr when no service takes streams to `local`.
  const StreamService* find_service(const TransportAddress& local) const;
  /// This host's end of a stream, which has no listener yet.
  std::unique_ptr<SimStream> make_end(const TransportAddress& local, StreamPath path);

  bool empty() const { return streams_.empty(); }
  /// The streams whose address the host has lost fail.
  void fail_homeless();

  // For the streams themselves ----------------------------------------------------------------

  void add(SimStream& stream) { streams_.push_back(&stream); }
  void remove(SimStream& stream) { std::erase(streams_, &stream); }

 private:
  HostState& host_;
  std::vector<StreamService> services_;
  std::vector<SimStream*> streams_;  // in the order in which they were opened
  std::uint16_t last_port_ = 49151;
};

}  // namespace floe::sim
