// Connections of bytes from this machine: TCP, and TLS on TCP.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "floe/api/random.h"
#include "floe/api/stream_socket.h"
#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"

namespace floe::native {

struct StreamShared;

struct StreamOptions {
  /// PEM file with authorities that are trusted besides those of the system.
  std::string tls_ca_file;
};

/// Why a stream has closed, as a number; StreamListener gives the sentence.
enum class StreamError : std::uint8_t {
  closed,       ///< by the server, in order
  refused,      ///< no program listens there
  unreachable,  ///< no route, or no permission to use it
  timed_out,
  reset,
  tls,    ///< the handshake or the certificate
  limit,  ///< no descriptors
};

/// A StreamSocket with back-pressure, which only a native host can offer.
class TcpStream : public StreamSocket {
 public:
  /// Back-pressure: while false nothing is read, and TCP tells the server to wait. The end of the
  /// connection is then noticed later.
  virtual void set_reading(bool reading) = 0;
  /// The bytes that were sent and that the kernel has not yet taken.
  virtual std::size_t buffered_bytes() const = 0;
  /// Valid from on_stream_closed() on.
  virtual StreamError error() const = 0;
};

/// Non-blocking connections in a Loop, TLS by mbedTLS.
///
/// Why not the raw connections of libwebsockets: they do not report a connect() that fails at once
/// (a closed port on loopback, no route); they cut the name that a certificate must match at 128
/// bytes and at the first colon; and they do not tell what is wrong with a certificate.
///
/// All bytes sent within one pass of the loop leave together at its end, so that many small
/// messages cost one system call and one TLS record.
///
/// Deviation: when only the address of a server is known, its certificate is checked for that
/// address. mbedTLS then puts the address into the server name indication, too, although "Literal
/// IPv4 and IPv6 addresses are not permitted in HostName" (RFC 6066, section 3). Servers ignore it.
/// Limits: TLS is 1.2, as for the WebSockets; for 1.3 mbedTLS wants a key store that all threads of
/// a process share without a lock.
class TcpStreams final : public StreamSockets {
 public:
  /// `loop` and `random` must outlive this object, and this object must outlive its streams.
  TcpStreams(Loop& loop, RandomSource& random, const StreamOptions& options = {});
  ~TcpStreams();

  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override;
  std::unique_ptr<TcpStream> connect_tcp(const TransportAddress& remote,
                                         const std::optional<TlsClient>& tls,
                                         StreamListener& listener);
  /// The server's end of a connection that a TcpListener accepted or a TlsTerminator decrypts. The
  /// listener hears the same as after connect().
  std::unique_ptr<TcpStream> adopt(UniqueFd accepted, StreamListener& listener);

 private:
  Loop& loop_;
  std::unique_ptr<StreamShared> shared_;
};

}  // namespace floe::native
