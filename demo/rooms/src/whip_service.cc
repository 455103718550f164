#include "floe/rooms/whip_service.h"

#include <algorithm>
#include <array>
#include <utility>

#include "floe/types/hex.h"
#include "whip_session.h"

namespace floe::rooms {
namespace {

/// RFC 9725, section 4.2: the URL of a session says who may change it, so nobody can guess it.
std::string random_id(RandomSource& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return to_hex(bytes);
}

/// The answer to the question that a browser asks before a page of another origin may ask its own.
void answer_options(const WhipPath& path, WhipReply reply) {
  native::HttpDocument document;
  document.status = 204;
  const char* const methods = path.session.empty() ? "OPTIONS, POST" : "OPTIONS, PATCH, DELETE";
  document.headers.emplace_back("allow", methods);
  document.headers.emplace_back("access-control-allow-methods", methods);
  document.headers.emplace_back("access-control-allow-headers",
                                "authorization, content-type, if-match");
  document.headers.emplace_back("access-control-max-age", "600");
  if (path.session.empty()) document.headers.emplace_back("accept-post", "application/sdp");
  reply.send(std::move(document));
}

void refuse_method(std::string_view allowed, WhipReply reply) {
  native::HttpDocument document;
  document.status = 405;
  document.body = "this can be asked by " + std::string(allowed) + " alone.\n";
  document.headers.emplace_back("allow", allowed);
  reply.send(std::move(document));
}

}  // namespace

WhipService::WhipService(SignalService& rooms, AccessControl& access_control, RefusalLog& refusals)
    : rooms_(rooms), access_control_(access_control), refusals_(refusals) {}

WhipService::~WhipService() = default;

void WhipService::handle(native::HttpRequest request, std::unique_ptr<native::HttpReply> way_back) {
  if (!access_control_.admits_origin(request)) {
    refusals_.add(rooms_.host().loop().now(), AccessControl::refusal_of(request));
    WhipReply(std::move(way_back), {}).refuse(403, "pages of this origin may not connect here");
    return;
  }
  WhipReply reply(std::move(way_back), request.origin);
  const auto path = read_whip_path(request.path);
  if (!path) {
    reply.refuse(404, "there is nothing here; rooms are at /signal/ROOM/whip");
  } else if (request.method == "OPTIONS") {
    answer_options(*path, std::move(reply));
  } else if (admits(request, *path, reply)) {
    path->session.empty() ? open(request, *path, std::move(reply))
                          : change(request, *path, std::move(reply));
  }
}

bool WhipService::admits(const native::HttpRequest& request, const WhipPath& path,
                         WhipReply& reply) {
  const auto refuse = [&](std::string_view why) {
    // Not the path of a session, which is its secret.
    refusals_.add(rooms_.host().loop().now(), "refused " + request.peer.to_text() + " " +
                                                  request.method + " of WHIP in the room " +
                                                  std::string(path.room) + ": " + std::string(why));
    reply.refuse(401, std::string(why) + ". It is sent as Authorization: Bearer TOKEN");
    return false;
  };
  if (AccessControl::has_token_in_query(request.query)) {
    return refuse("the token is in the URL, which logs keep");
  }
  const auto grant = access_control_.admit_to_room(path.room, bearer_token(request.authorization),
                                                   {request.peer.ip, request.origin}, unix_now());
  return grant ? true : refuse(token::to_text(grant.error()));
}

void WhipService::open(const native::HttpRequest& request, const WhipPath& path, WhipReply reply) {
  if (request.method != "POST") return refuse_method("OPTIONS, POST", std::move(reply));
  auto query = read_whip_query(request.query);
  if (!query) {
    reply.refuse(400, "name, to and service are 1 to 64 letters, digits and . _ ~ -");
    return;
  }
  if (sessions_.size() >= kSessionsMax) {
    reply.refuse(503, "all sessions of this server are in use; try later");
    return;
  }
  auto session = std::make_unique<WhipSession>(*this, rooms_, std::string(path.room),
                                               random_id(rooms_.host().api().random));
  WhipSession& opened = *session;
  sessions_.emplace(opened.id(), std::move(session));
  opened.open(request, std::move(*query), std::move(reply));
}

void WhipService::change(const native::HttpRequest& request, const WhipPath& path,
                         WhipReply reply) {
  const auto place = sessions_.find(path.session);
  if (place == sessions_.end() || place->second->room() != path.room) {
    reply.refuse(404, "there is no such session, or it has ended");
  } else if (request.method == "PATCH") {
    place->second->patch(request, std::move(reply));
  } else if (request.method == "DELETE") {
    place->second->close("the client has ended the session");
    reply.send({.body = "the session has ended.\n"});
  } else {
    refuse_method("OPTIONS, PATCH, DELETE", std::move(reply));
  }
}

bool WhipService::is_member(std::string_view room, std::string_view peer) const {
  return std::ranges::any_of(sessions_, [&](const auto& entry) {
    return entry.second->room() == room && entry.second->is_member(peer);
  });
}

void WhipService::forget(WhipSession& session) {
  const auto place = sessions_.find(session.id());
  if (place == sessions_.end()) return;
  // Its own function is still running.
  std::shared_ptr<WhipSession> last = std::move(place->second);
  sessions_.erase(place);
  rooms_.host().loop().post([last] {});
}

}  // namespace floe::rooms
