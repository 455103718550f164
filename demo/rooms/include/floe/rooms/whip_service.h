// WHIP (RFC 9725): clients that have only HTTP come into the rooms of this server. A session is a
// member of the room, which exchanges the client's SDP with one of the others.
//
// Limit: kSessionsMax sessions.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "floe/native/http_handler.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "floe/rooms/signal_service.h"
#include "floe/rooms/whip_request.h"

namespace floe::rooms {

class WhipSession;

class WhipService final : public native::HttpHandler {
 public:
  static constexpr std::size_t kSessionsMax = 1000;

  /// All must outlive the service.
  WhipService(SignalService& rooms, AccessControl& access_control, RefusalLog& refusals);
  ~WhipService();

  void handle(native::HttpRequest request, std::unique_ptr<native::HttpReply> reply) override;

  std::size_t session_count() const { return sessions_.size(); }

  // For its sessions.
  /// Whether the peer with this id is a session of this service.
  bool is_member(std::string_view room, std::string_view peer) const;
  /// Destroys the session, not inside of this call.
  void forget(WhipSession& session);

 private:
  /// False after the client was told why not.
  bool admits(const native::HttpRequest& request, const WhipPath& path, WhipReply& reply);
  void open(const native::HttpRequest& request, const WhipPath& path, WhipReply reply);
  void change(const native::HttpRequest& request, const WhipPath& path, WhipReply reply);

  SignalService& rooms_;
  AccessControl& access_control_;
  RefusalLog& refusals_;
  std::map<std::string, std::unique_ptr<WhipSession>, std::less<>> sessions_;
};

}  // namespace floe::rooms
