// What a host provides: connections of bytes, over TCP or over TLS on TCP.
//
// TURN needs them where UDP does not pass (RFC 8656, section 3.1). Clients only: nothing listens.
// A name is resolved before, by Host::resolver; what is connected to is an address.
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

/// What may wait in a StreamSocket for the network. A stream slower than what is sent into it drops
/// datagrams, as UDP would, rather than delay each one more than the last.
inline constexpr std::size_t kStreamBacklogMax = 65536;

/// From connect() to on_stream_connected(), the handshake of TLS included.
inline constexpr Duration kStreamConnectTimeout = std::chrono::seconds{10};

/// Asks for TLS. The host verifies the chain and the name; the roots it trusts are its own affair.
struct TlsClient {
  /// A name or a numeric address, which the server's certificate must carry.
  std::string server_name;
};

class StreamListener {
 public:
  /// Once, and never from inside connect(): the connection can be sent into, and TLS has verified
  /// the server. `local` is this end's address, without scope.
  virtual void on_stream_connected(const TransportAddress& local) = 0;
  /// In order, in pieces whose borders mean nothing. `bytes` is valid for the duration of the call,
  /// never empty. The listener may destroy the socket; the host then delivers nothing more of it.
  virtual void on_stream_bytes(Bytes bytes) = 0;
  /// All that waited has been taken by the network, after something had to wait or not.
  virtual void on_stream_drained() {}
  /// Once and last, also when connecting failed. `reason` is a sentence for people without a full
  /// stop, such as "connection refused"; valid for the duration of the call.
  virtual void on_stream_closed(std::string_view reason) = 0;

 protected:
  ~StreamListener() = default;
};

/// Destroying it closes it, without waiting for what was not yet sent; the listener hears nothing
/// more.
class StreamSocket {
 public:
  virtual ~StreamSocket() = default;
  /// All of `bytes` or nothing: false while the stream is not connected, after it has closed, and
  /// when more than kStreamBacklogMax would wait. The listener hears nothing from inside this call.
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
