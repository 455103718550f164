// Which client had which session and socket, when, and how much went through: a JSON object a line,
// for the operator who is asked about it later.
//
//   {"event":"session-open","time":…,"session":…,"subject":…,"jti":…,"client":…,"origin":…}
//   {"event":"socket-open","time":…,"session":…,"socket":…,"local":…}
//   {"event":"socket-close",… and "seconds","peers","peerAddresses","datagramsOut","bytesOut",
//                              "datagramsIn","bytesIn","reason"}
//   {"event":"session-close",… and "seconds","datagramsOut","bytesOut","datagramsIn","bytesIn",
//                              "tcpBytesOut","tcpBytesIn","dropped","reason"}
//
// Addresses of clients and peers are people's data: they are written as a keyed hash, the same for
// the same address until the gateway ends, unless the operator wants them. The key is drawn at the
// start and kept nowhere. All texts are escaped, so that none can begin a line of its own. Several
// threads may write.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "floe/api/crypto.h"
#include "floe/api/random.h"
#include "floe/json/writer.h"
#include "floe/token/grant.h"
#include "floe/tunnel/server/server_session.h"
#include "floe/types/address.h"
#include "peer_log.h"

namespace floe::gateway {

class AuditLog {
 public:
  struct Session {
    std::uint64_t id = 0;
    std::string subject;
    std::string token_id;
    TransportAddress client;
  };

  /// Writes nothing until it is opened.
  AuditLog(Crypto& crypto, RandomSource& random, bool with_addresses);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  /// Appends to `file`; "-" is standard output. False: it cannot be opened.
  bool open(const std::string& file);
  bool is_open() const { return file_ != nullptr; }

  void session_opened(const Session& session, std::string_view origin);
  void session_closed(const Session& session, Duration lived, const tunnel::SessionStats& stats,
                      std::string_view reason);
  void socket_opened(const Session& session, std::uint16_t socket, const TransportAddress& local);
  void socket_closed(const Session& session, std::uint16_t socket, Duration lived,
                     const PeerLog& peers, std::string_view reason);

 private:
  json::Writer begin(std::string_view event, const Session& session) const;
  void write(json::Writer& record);
  std::string name_of(const TransportAddress& address) const;

  mutable std::mutex mutex_;  // of the key, which computes in place, and of the file
  std::unique_ptr<HmacSha256> key_;
  bool with_addresses_;
  std::FILE* file_ = nullptr;
};

}  // namespace floe::gateway
