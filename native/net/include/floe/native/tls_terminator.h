// The TLS of a server's connections, in a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"
#include "floe/types/address.h"

namespace floe::native {

class TlsIdentity;
class TlsThread;

class TlsTerminatorListener {
 public:
  /// A handshake is done. What the client sends can be read from `connection`, and what is written
  /// to it goes to the client. It is non-blocking and close-on-exec.
  virtual void on_decrypted(UniqueFd connection, const TransportAddress& peer) = 0;

 protected:
  ~TlsTerminatorListener() = default;
};

/// Since the start.
struct TlsStatistics {
  std::uint64_t handshakes = 0;
  std::uint64_t failed = 0;   ///< handshakes that did not end well, or not in time
  std::uint64_t refused = 0;  ///< connections while too many handshakes were under way
};

/// Encrypts and decrypts in a thread, so that the handshakes of strangers do not hold up the loop
/// of a server: one of them costs a millisecond or more. In the thread, too, the data of clients go
/// before handshakes, of which one makes one step in a pass, and the networks of the clients take
/// turns. A handshake has 5 s.
///
/// TLS is 1.2, with forward secrecy and authenticated encryption only, and sessions are resumed by
/// tickets. TLS 1.3 is not offered: mbedTLS wants a key store for it that all threads of a process
/// share without a lock.
///
/// All functions are for the loop's thread.
class TlsTerminator {
 public:
  static constexpr std::size_t kHandshakesMax = 4096;

  /// `loop` must outlive it. Each handshake has a descriptor.
  explicit TlsTerminator(Loop& loop, std::size_t handshakes_max = kHandshakesMax);
  /// Ends the thread, and with it all connections.
  ~TlsTerminator();
  TlsTerminator(const TlsTerminator&) = delete;
  TlsTerminator& operator=(const TlsTerminator&) = delete;

  /// Reads a certificate with its chain, and its key, from PEM files. New handshakes use it from
  /// now on. False: they cannot be read or do not belong together, and what was loaded before
  /// stays. To be called before the first take().
  bool load(const std::string& certificate_file, const std::string& key_file);

  /// Takes a connection that a client has opened, without blocking. `listener` hears of it when the
  /// handshake is done, else of nothing; it must be there as long as the loop runs.
  void take(UniqueFd connection, const TransportAddress& peer, TlsTerminatorListener& listener);

  TlsStatistics statistics() const;

 private:
  std::unique_ptr<TlsThread> thread_;
  std::shared_ptr<const TlsIdentity> identity_;  // used by the thread alone, once it is given
};

}  // namespace floe::native
