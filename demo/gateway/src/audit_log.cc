#include "audit_log.h"

#include <array>
#include <chrono>
#include <ctime>

#include "floe/types/hex.h"

namespace floe::gateway {
namespace {

constexpr std::size_t kHashBytes = 8;
/// Of one socket in its record; the number of all is there, too.
constexpr std::size_t kPeersListed = 16;

std::string hex(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
  }
  return to_hex(bytes);
}

/// ISO 8601, in UTC.
std::string time_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  return std::string(text.data(),
                     std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts));
}

std::int64_t seconds(Duration lived) {
  return std::chrono::duration_cast<std::chrono::seconds>(lived).count();
}

}  // namespace

AuditLog::AuditLog(Crypto& crypto, RandomSource& random, bool with_addresses)
    : with_addresses_(with_addresses) {
  std::array<std::uint8_t, 32> key{};
  random.fill(key);
  key_ = crypto.hmac_sha256(key);
}

AuditLog::~AuditLog() {
  if (file_ != nullptr && file_ != stdout) (void)std::fclose(file_);
}

bool AuditLog::open(const std::string& file) {
  file_ = file == "-" ? stdout : std::fopen(file.c_str(), "a");
  return is_open();
}

json::Writer AuditLog::begin(std::string_view event, const Session& session) const {
  json::Writer out;
  out.begin_object();
  out.name("event").string(event);
  out.name("time").string(time_text());
  out.name("session").string(hex(session.id));
  out.name("subject").string(session.subject);
  out.name("jti").string(session.token_id);
  return out;
}

void AuditLog::write(json::Writer& record) {
  record.end_object();
  const std::lock_guard lock(mutex_);
  (void)std::fprintf(file_, "%s\n", record.text().c_str());
  (void)std::fflush(file_);
}

std::string AuditLog::name_of(const TransportAddress& address) const {
  if (with_addresses_) return address.to_text();
  const std::lock_guard lock(mutex_);
  const Sha256Digest digest = key_->compute(std::array{address.ip.bytes()});
  return "#" + to_hex(Bytes(digest).first(kHashBytes)) + ":" + std::to_string(address.port);
}

void AuditLog::session_opened(const Session& session, std::string_view origin) {
  if (!is_open()) return;
  json::Writer out = begin("session-open", session);
  out.name("client").string(name_of(session.client));
  out.name("origin").string(origin);
  write(out);
}

void AuditLog::session_closed(const Session& session, Duration lived,
                              const tunnel::SessionStats& stats, std::string_view reason) {
  if (!is_open()) return;
  json::Writer out = begin("session-close", session);
  out.name("seconds").integer(seconds(lived));
  out.name("datagramsOut").unsigned_integer(stats.datagrams_out);
  out.name("bytesOut").unsigned_integer(stats.bytes_out);
  out.name("datagramsIn").unsigned_integer(stats.datagrams_in);
  out.name("bytesIn").unsigned_integer(stats.bytes_in);
  out.name("tcpBytesOut").unsigned_integer(stats.tcp_bytes_out);
  out.name("tcpBytesIn").unsigned_integer(stats.tcp_bytes_in);
  out.name("dropped").unsigned_integer(stats.datagrams_dropped);
  out.name("reason").string(reason);
  write(out);
}

void AuditLog::socket_opened(const Session& session, std::uint16_t socket,
                             const TransportAddress& local) {
  if (!is_open()) return;
  json::Writer out = begin("socket-open", session);
  out.name("socket").unsigned_integer(socket);
  out.name("local").string(local.to_text());
  write(out);
}

void AuditLog::socket_closed(const Session& session, std::uint16_t socket, Duration lived,
                             const PeerLog& peers, std::string_view reason) {
  if (!is_open()) return;
  json::Writer out = begin("socket-close", session);
  out.name("socket").unsigned_integer(socket);
  out.name("seconds").integer(seconds(lived));
  out.name("peers").unsigned_integer(peers.peers().size());
  out.name("peerAddresses").begin_array();
  std::size_t listed = 0;
  for (const TransportAddress& peer : peers.peers()) {
    if (listed++ == kPeersListed) break;
    out.string(name_of(peer));
  }
  out.end_array();
  out.name("datagramsOut").unsigned_integer(peers.datagrams_out());
  out.name("bytesOut").unsigned_integer(peers.bytes_out());
  out.name("datagramsIn").unsigned_integer(peers.datagrams_in());
  out.name("bytesIn").unsigned_integer(peers.bytes_in());
  out.name("reason").string(reason);
  write(out);
}

}  // namespace floe::gateway
