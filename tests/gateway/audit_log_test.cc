#include "audit_log.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/json/document.h"
#include "floe/native/system_random.h"
#include "temporary_directory.h"

using namespace floe;
using namespace floe::gateway;

namespace {

/// Each line must be an object.
std::vector<json::Document> lines_of(const std::string& path) {
  std::ifstream in(path);
  std::vector<json::Document> lines;
  for (std::string line; std::getline(in, line);) {
    INFO(line);
    auto document = json::Document::parse(line);
    REQUIRE(document);
    REQUIRE(document->root().is_object());
    lines.push_back(std::move(*document));
  }
  return lines;
}

std::string text(const json::Document& line, std::string_view name) {
  const auto member = line.root().member(name);
  REQUIRE(member);
  REQUIRE(member->string());
  return std::string(*member->string());
}
std::int64_t number(const json::Document& line, std::string_view name) {
  const auto member = line.root().member(name);
  REQUIRE(member);
  REQUIRE(member->integer());
  return *member->integer();
}

const TransportAddress kClient{IpAddress::v4(198, 51, 100, 7), 4000};
const TransportAddress kPeer{IpAddress::v4(203, 0, 113, 9), 5000};
const TransportAddress kOther{IpAddress::v4(203, 0, 113, 10), 5000};

struct Book {
  explicit Book(bool with_addresses) : log(crypto, random, with_addresses) {
    path = directory.write("audit", "");
    REQUIRE(log.open(path));
  }
  /// One session with one socket and two peers.
  void fill(const std::string& subject = "alice", const std::string& reason = "closed") {
    const AuditLog::Session session{0x12, subject, "7f", kClient};
    log.session_opened(session, "https://page.example");
    log.socket_opened(session, 1, {IpAddress::v4(192, 0, 2, 1), 40000});
    PeerLog peers;
    peers.sent(kPeer, 100);
    peers.sent(kPeer, 100);
    peers.received(kPeer, 30);
    peers.received(kOther, 7);
    log.socket_closed(session, 1, Duration(3s), peers, reason);
    tunnel::SessionStats stats;
    stats.datagrams_out = 2;
    stats.bytes_out = 200;
    log.session_closed(session, Duration(4s), stats, reason);
  }

  native::test::TemporaryDirectory directory;
  MbedtlsCrypto crypto;
  native::SystemRandom random;
  AuditLog log;
  std::string path;
};

}  // namespace

TEST_CASE("the audit log has a line for each beginning and each end", "[gateway]") {
  Book book(true);
  book.fill();
  const auto lines = lines_of(book.path);
  REQUIRE(lines.size() == 4);
  for (const json::Document& line : lines) {
    CHECK(text(line, "subject") == "alice");
    CHECK(text(line, "jti") == "7f");
    CHECK(text(line, "session") == "0000000000000012");
    CHECK(text(line, "time").size() == 20);
    CHECK(text(line, "time").back() == 'Z');
  }
  CHECK(text(lines[0], "event") == "session-open");
  CHECK(text(lines[0], "client") == "198.51.100.7:4000");
  CHECK(text(lines[0], "origin") == "https://page.example");
  CHECK(text(lines[1], "event") == "socket-open");
  CHECK(number(lines[1], "socket") == 1);
  CHECK(text(lines[2], "event") == "socket-close");
  CHECK(number(lines[2], "seconds") == 3);
  CHECK(number(lines[2], "peers") == 2);
  CHECK(number(lines[2], "datagramsOut") == 2);
  CHECK(number(lines[2], "bytesOut") == 200);
  CHECK(number(lines[2], "datagramsIn") == 2);
  CHECK(number(lines[2], "bytesIn") == 37);
  CHECK(text(lines[2], "reason") == "closed");
  CHECK((*lines[2].root().member("peerAddresses")->begin()).string() == "203.0.113.9:5000");
  CHECK(text(lines[3], "event") == "session-close");
  CHECK(number(lines[3], "seconds") == 4);
  CHECK(number(lines[3], "bytesOut") == 200);
}

TEST_CASE("without --audit-full no address of a person is written", "[gateway]") {
  Book book(false);
  book.fill();
  std::ifstream in(book.path);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  CHECK(all.find("198.51.100.7") == std::string::npos);
  CHECK(all.find("203.0.113") == std::string::npos);
  const auto lines = lines_of(book.path);
  const std::string peer((*lines[2].root().member("peerAddresses")->begin()).string().value());
  CHECK(peer.starts_with("#"));
  CHECK(peer.ends_with(":5000"));
  // The same address has the same name, and after a new start another.
  book.fill();
  const auto again = lines_of(book.path);
  CHECK(text(again[4], "client") == text(lines[0], "client"));
  Book other(false);
  other.fill();
  CHECK(text(lines_of(other.path)[0], "client") != text(lines[0], "client"));
}

TEST_CASE("no text of a client begins a line of the audit log", "[gateway]") {
  Book book(true);
  const std::string evil = "a\r\n{\"event\":\"session-open\"}\n\x1b[2J\"\\\xff\xe2\x80\xa8";
  const AuditLog::Session session{1, evil, evil, kClient};
  book.log.session_opened(session, evil);
  book.log.socket_opened(session, 1, kPeer);
  book.log.socket_closed(session, 1, Duration(1s), {}, evil);
  book.log.session_closed(session, Duration(1s), {}, evil);
  const auto lines = lines_of(book.path);
  REQUIRE(lines.size() == 4);
  CHECK(text(lines[0], "origin").starts_with("a\r\n{"));
  std::ifstream in(book.path);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  CHECK(all.find('\r') == std::string::npos);
  CHECK(all.find('\x1b') == std::string::npos);
}

TEST_CASE("an audit log that cannot be written is no audit log", "[gateway]") {
  MbedtlsCrypto crypto;
  native::SystemRandom random;
  AuditLog log(crypto, random, false);
  CHECK_FALSE(log.open("/nowhere/at/all"));
  CHECK_FALSE(log.is_open());
}
