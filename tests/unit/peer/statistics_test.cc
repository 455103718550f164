// What W3C's statistics say of connections that encrypt, and what they count.
#include <catch2/catch_test_macros.hpp>

#include "floe/dtls/fingerprint.h"
#include "floe/signal/statistics.h"
#include "peer/secured_pair.h"

namespace floe::peer::test {
namespace {

using namespace std::chrono_literals;
using signal::DtlsState;
using signal::DtlsStatistics;

DtlsStatistics of(const SecuredEnd& end) {
  const auto statistics = end.connection.dtls_statistics();
  REQUIRE(statistics);
  return *statistics;
}

std::string text_of(const SecuredPair& pair, const SecuredEnd& end) {
  json::Writer out;
  signal::write_statistics(out, pair.now, end.connection.agent(), end.connection.dtls_statistics());
  return out.take();
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("statistics follow DTLS from its beginning to its end", "[peer][dtls]") {
  SecuredPair pair;
  CHECK(of(pair.left).state == DtlsState::fresh);
  CHECK(of(pair.left).role == "unknown");
  CHECK_FALSE(of(pair.left).remote);
  bool was_connecting = false;
  pair.link = [&](SecuredEnd& from, ByteVector& datagram) {
    if (is_dtls(datagram) && from.secured.empty()) {
      was_connecting = was_connecting || of(from).state == DtlsState::connecting;
    }
    return true;
  };
  REQUIRE(pair.connect());
  CHECK(was_connecting);
  CHECK(of(pair.left).state == DtlsState::connected);
  CHECK(of(pair.right).state == DtlsState::connected);
  pair.close(pair.left);
  pair.run(100ms);
  CHECK(of(pair.left).state == DtlsState::closed);
  CHECK(of(pair.right).state == DtlsState::closed);
}

TEST_CASE("statistics tell how both ends are secured", "[peer][dtls]") {
  SecuredPair pair({.left = SecurityOptions{.srtp_profiles = {2, 1}},
                    .right = SecurityOptions{.srtp_profiles = {1}}});
  REQUIRE(pair.connect());
  const DtlsStatistics left = of(pair.left);
  const DtlsStatistics right = of(pair.right);
  CHECK(left.role != right.role);
  CHECK((left.role == "client" || right.role == "client"));
  CHECK((left.role == "server" || right.role == "server"));
  CHECK(left.version == "FEFD");
  CHECK(left.cipher == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
  CHECK(left.srtp_cipher == "SRTP_AES128_CM_HMAC_SHA1_80");
  CHECK(right.srtp_cipher == left.srtp_cipher);
  REQUIRE(left.remote);
  REQUIRE(right.remote);
  CHECK(left.local.fingerprint == right.remote->fingerprint);
  CHECK(left.local.der == right.remote->der);
  CHECK(right.local.der == left.remote->der);
  CHECK(dtls::Fingerprint::of(left.remote->der).value() == left.remote->fingerprint);
}

TEST_CASE("statistics say that DTLS failed", "[peer][dtls]") {
  SecuredPair pair({.right = {}});
  CHECK_FALSE(pair.connect());
  CHECK(of(pair.left).state == DtlsState::failed);
  CHECK_FALSE(of(pair.left).remote);
  CHECK_FALSE(pair.right.connection.dtls_statistics());
}

TEST_CASE("statistics name the members of DTLS as W3C does", "[peer][dtls]") {
  SecuredPair pair;
  CHECK(has(text_of(pair, pair.left), R"("dtlsState":"new","dtlsRole":"unknown")"));
  CHECK_FALSE(has(text_of(pair, pair.left), "tlsVersion"));
  REQUIRE(pair.connect());
  const std::string text = text_of(pair, pair.left);
  CHECK(has(text, R"("dtlsState":"connected")"));
  CHECK(has(text, R"("localCertificateId":"CL","remoteCertificateId":"CR","tlsVersion":"FEFD",)"
                  R"("dtlsCipher":"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"})"));
  CHECK_FALSE(has(text, "srtpCipher"));
  const std::string& fingerprint = pair.left.secured.back().peer_fingerprint;
  CHECK(has(text, R"({"id":"CL","type":"certificate")"));
  CHECK(has(text, R"("fingerprint":")" + fingerprint +
                      R"(","fingerprintAlgorithm":"sha-256","base64Certificate":"MII)"));
}

TEST_CASE("statistics count the records that somebody on the way changed", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  std::optional<ByteVector> first;
  const auto send = [&](const std::function<void(ByteVector&)>& change) {
    pair.link = [&](SecuredEnd& from, ByteVector& datagram) {
      if (&from != &pair.left || !is_dtls(datagram)) return true;
      if (!first) first = datagram;
      change(datagram);
      return true;
    };
    pair.send(pair.left, "data");
    pair.run(100ms);
  };
  send([](ByteVector&) {});
  const auto before = of(pair.right).discarded;
  CHECK(before.replayed + before.forged + before.truncated == 0);
  send([](ByteVector& datagram) { datagram.back() ^= 1; });
  CHECK(of(pair.right).discarded.forged == 1);
  send([&](ByteVector& datagram) { datagram = *first; });
  CHECK(of(pair.right).discarded.replayed == 1);
  send([](ByteVector& datagram) { datagram.resize(datagram.size() - 3); });
  CHECK(of(pair.right).discarded.truncated == 1);
  send([](ByteVector& datagram) { datagram[4] = 0; });  // the epoch of the handshake
  CHECK(of(pair.right).discarded.unexpected == before.unexpected + 1);
  CHECK(pair.right.received == std::vector<std::string>{"data"});
  CHECK(has(text_of(pair, pair.right),
            R"("dtlsRecordsReplayed":1,"dtlsRecordsForged":1,"dtlsRecordsTruncated":1,)"));
  CHECK(has(text_of(pair, pair.left), R"("dtlsRecordsReplayed":0,"dtlsRecordsForged":0,)"));
}

TEST_CASE("statistics of plaintext have no DTLS", "[peer]") {
  SecuredPair pair({.left = {}, .right = {}});
  REQUIRE(pair.connect());
  const std::string text = text_of(pair, pair.left);
  CHECK_FALSE(has(text, "dtls"));
  CHECK_FALSE(has(text, "certificate"));
}

TEST_CASE("what no record can hold is counted as too large", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  Connection& left = pair.left.connection;
  const std::size_t longest = left.max_datagram_size(1);
  const ByteVector longer(longest + 1, 'x');
  CHECK_FALSE(left.seal(pair.now, 1, longer));
  CHECK(left.send(pair.now, 1, longer) == ice::SendResult::too_large);
  CHECK(left.agent().counters().not_sent.too_large == 2);
  CHECK(left.seal(pair.now, 1, Bytes(longer).first(longest)));
  CHECK(left.seal(pair.now, 9, as_bytes("no path")).has_value() == false);
  CHECK(left.agent().counters().not_sent.too_large == 2);
  CHECK(has(text_of(pair, pair.left), R"("packetsNotSentTooLarge":2)"));
}

}  // namespace floe::peer::test
