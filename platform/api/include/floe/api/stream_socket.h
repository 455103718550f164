// A host may provide streams: connections that carry bytes, over TCP or over TLS on TCP.
//
// TURN needs them where UDP does not pass (RFC 8656, section 3.1). Clients only: nothing listens.
// A stream connects to an address; Host::resolver looks a name up before.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe {

/// The most bytes that may wait in a StreamSocket for the network. When the network is too slow, a
/// stream drops datagrams, as UDP would, instead of delaying each one more than the last.
inline constexpr std::size_t kStreamBacklogMax = 65536;

/// The time limit from connect() to on_stream_connected(), the handshake of TLS included.
inline constexpr Duration kStreamConnectTimeout = std::chrono::seconds{10};

/// Asks for TLS. The host verifies the chain and the name; the host decides which roots it trusts.
struct TlsClient {
  /// A name or a numeric address, which the server's certificate must carry.
  std::string server_name;
};

class StreamListener {
 public:
  /// Once, and never from inside connect(): the connection can be sent into, and TLS has verified
  /// the server. `local` is this end's address, without scope.
  virtual void on_stream_connected(const TransportAddress& local) = 0;
  /// The bytes of the stream, in order; where one piece ends has no meaning. `bytes` is valid for
  /// the duration of the call, and never empty. The listener may destroy the socket; the host then
  /// delivers no more of its bytes.
  virtual void on_stream_bytes(Bytes bytes) = 0;
  /// The network has taken all bytes sent so far. Called also when no byte had to wait.
  virtual void on_stream_drained() {}
  /// Once and last, also when connecting failed. `reason` is a sentence for people without a full
  /// stop, such as "connection refused"; valid for the duration of the call.
  virtual void on_stream_closed(std::string_view reason) = 0;

 protected:
  ~StreamListener() = default;
};

/// Destroying it closes it, without waiting until buffered bytes are sent; the listener hears
/// nothing more.
class StreamSocket {
 public:
  virtual ~StreamSocket() = default;
  /// Sends all of `bytes` or nothing. False while the stream is not connected, after it has closed,
  /// and when more than kStreamBacklogMax bytes would wait. The listener hears nothing from inside
  /// this call.
  virtual bool send(Bytes bytes) = 0;
};

class StreamSockets {
 public:
  virtual ~StreamSockets() = default;
  /// `listener` must outlive the socket; it hears on_stream_connected() or on_stream_closed(),
  /// within kStreamConnectTimeout and never from inside this call.
  virtual std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                                const std::optional<TlsClient>& tls,
                                                StreamListener& listener) = 0;
};

}  // namespace floe
