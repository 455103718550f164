// TCP and TLS connections that JavaScript makes.
#pragma once

#include "command_reader.h"
#include "event_writer.h"
#include "floe/api/stream_socket.h"
#include "numbered.h"

namespace floe::wasm {

class SystemStreams final : public StreamSockets {
 public:
  /// Events carry `handle`. `events` must outlive the object and its streams.
  SystemStreams(EventWriter& events, std::uint32_t handle) : events_(events), handle_(handle) {}

  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override;

  void on_connected(CommandReader& in);
  void on_bytes(CommandReader& in);
  /// The system took bytes that were sent.
  void on_taken(CommandReader& in);
  void on_closed(CommandReader& in);

 private:
  class Stream;

  EventWriter& events_;
  std::uint32_t handle_;
  Numbered<Stream> streams_;
};

}  // namespace floe::wasm
