#include "floe/rooms/access_control.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "floe/rooms/origins.h"
#include "floe/types/letter_case.h"

namespace floe::rooms {
namespace {

/// Names of parameters in which others carry tokens.
constexpr std::string_view kTokenParameters[] = {"token", "access_token", "jwt", "bearer",
                                                 "secret"};

token::VerifierOptions verifier_options(const Access& access) {
  return {.secrets = {access.secret, access.previous_secret},
          .audience = access.audience,
          .open_seconds_max = access.open_seconds_max,
          .secret_is_token = access.secret_is_token};
}

/// Of everybody, where there are no tokens.
token::Grant grant_of_everybody() {
  token::Grant grant;
  grant.rooms = {std::string(token::kEveryRoom)};
  grant.native = true;
  return grant;
}

}  // namespace

std::int64_t unix_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

AccessControl::AccessControl(Access access) {
  reload(std::move(access));
}

void AccessControl::reload(Access access) {
  const std::lock_guard lock(mutex_);
  access_ = std::move(access);
  verifier_ = std::make_unique<token::Verifier>(crypto_, verifier_options(access_));
}

bool AccessControl::admits_host(std::string_view host) const {
  const std::lock_guard lock(mutex_);
  return is_own_host(host);
}

bool AccessControl::is_own_host(std::string_view host) const {
  const auto is_meant = [&](const std::string& pattern) { return matches_host(pattern, host); };
  if (std::ranges::any_of(access_.hosts, is_meant)) return true;
  return access_.open ? is_loopback_host(host) : access_.hosts.empty();
}

bool AccessControl::admits_origin(const native::RequestHead& request) const {
  const std::lock_guard lock(mutex_);
  if (!is_own_host(request.host)) return false;
  if (request.origin.empty()) return true;
  const auto is_meant = [&](const std::string& pattern) {
    return matches_origin(pattern, request.origin);
  };
  if (std::ranges::any_of(access_.origins, is_meant)) return true;
  // The page of a developer comes from a server of its own on this machine.
  if (access_.open && is_loopback_host(authority_of(request.origin))) return true;
  return access_.origins.empty() && !request.host.empty() &&
         request.origin == (access_.is_https ? "https://" : "http://") + request.host;
}

std::string AccessControl::refusal_of(const native::RequestHead& request) {
  const std::string page = request.origin.empty() ? "no page" : "the page of " + request.origin;
  return "refused " + request.peer.to_text() + " " + request.path + ": it comes from " + page +
         " and asks for the host " + request.host +
         "; --origin names the pages that may, --host the names of this server";
}

bool AccessControl::has_token_in_query(std::string_view query) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view name = query.substr(0, std::min(end, query.find('=')));
    if (std::ranges::any_of(kTokenParameters, [&](std::string_view parameter) {
          return equal_ignoring_case(name, parameter);
        })) {
      return true;
    }
    query = end == query.npos ? std::string_view() : query.substr(end + 1);
  }
  return false;
}

AccessControl::Admitted AccessControl::admit(std::string_view token, const Visitor& visitor,
                                             std::int64_t unix_now) {
  const std::lock_guard lock(mutex_);
  if (access_.open) return grant_of_everybody();
  auto verified = verifier_->verify(token, unix_now);
  if (!verified) return verified.error();
  const token::Grant& grant = verified->grant;
  if (visitor.origin.empty() && !grant.native) return token::Refusal::not_native;
  const auto is_meant = [&](const std::string& pattern) {
    return matches_origin(pattern, visitor.origin);
  };
  // A claim of origins is about pages: a program that may come in is none.
  if (!visitor.origin.empty() && !grant.origins.empty() &&
      std::ranges::none_of(grant.origins, is_meant)) {
    return token::Refusal::wrong_origin;
  }
  if (const auto refusal = used_tokens_.use(*verified, visitor.ip, unix_now)) return *refusal;
  return std::move(verified->grant);
}

AccessControl::Admitted AccessControl::admit_to_room(std::string_view room, std::string_view token,
                                                     const Visitor& visitor,
                                                     std::int64_t unix_now) {
  Admitted admitted = admit(token, visitor, unix_now);
  if (admitted && !admitted->admits_room(room)) return token::Refusal::wrong_room;
  return admitted;
}

}  // namespace floe::rooms
