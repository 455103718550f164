// Connections that encrypt: what passes, when they are connected, and how they end.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "peer/secured_pair.h"

namespace floe::peer::test {
namespace {

using namespace std::chrono_literals;

bool contains(const ByteVector& datagram, std::string_view text) {
  return std::string_view(reinterpret_cast<const char*>(datagram.data()), datagram.size())
             .find(text) != std::string_view::npos;
}

TEST_CASE("what two secured ends send each other is encrypted, and arrives", "[peer][dtls]") {
  for (const bool crossing : {false, true}) {
    CAPTURE(crossing);
    SecuredPair pair({.crossing = crossing});
    REQUIRE(pair.connect());
    pair.send(pair.left, "the secret of the left end");
    pair.send(pair.right, "the secret of the right end");
    pair.run(100ms);
    CHECK(pair.right.received == std::vector<std::string>{"the secret of the left end"});
    CHECK(pair.left.received == std::vector<std::string>{"the secret of the right end"});
    CHECK(std::ranges::none_of(pair.datagrams,
                               [](const auto& one) { return contains(one, "secret"); }));
    CHECK(pair.left.failures.empty());
    CHECK(pair.right.failures.empty());
  }
}

TEST_CASE("two ends in plaintext are as readable as ever", "[peer][dtls]") {
  SecuredPair pair({.left = {}, .right = {}});
  REQUIRE(pair.connect());
  pair.send(pair.left, "no secret");
  pair.run(100ms);
  CHECK(pair.right.received == std::vector<std::string>{"no secret"});
  CHECK(contains(pair.datagrams.back(), "no secret"));
  CHECK(pair.left.secured.empty());
}

TEST_CASE("a host may seal and open data without the outputs", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  Connection& left = pair.left.connection;
  Connection& right = pair.right.connection;
  const std::size_t sent = pair.datagrams.size();
  ByteVector room;
  for (const std::string_view text : {"a longer datagram", "short"}) {
    const auto sealed = left.seal(pair.now, 1, as_bytes(text));
    REQUIRE(sealed);
    const auto component =
        right.agent().receive_data(pair.now, {pair.right.address, pair.left.address}, *sealed);
    REQUIRE(component);
    const auto data = right.open(pair.now, *component, *sealed, room);
    REQUIRE(data);
    CHECK(as_text(*data) == text);
    CHECK_FALSE(right.open(pair.now, *component, *sealed, room));  // a replay
  }
  pair.run(100ms);
  CHECK(pair.right.received.empty());
  CHECK(pair.datagrams.size() == sent);
}

TEST_CASE("in plaintext sealed and opened is what it was", "[peer]") {
  SecuredPair pair({.left = {}, .right = {}});
  REQUIRE(pair.connect());
  const Bytes text = as_bytes("no secret");
  const auto sealed = pair.left.connection.seal(pair.now, 1, text);
  REQUIRE(sealed);
  CHECK(sealed->data() == text.data());
  ByteVector room;
  const auto opened = pair.right.connection.open(pair.now, 1, text, room);
  REQUIRE(opened);
  CHECK(opened->data() == text.data());
}

TEST_CASE("an end is connected when the handshake is through, and not before", "[peer][dtls]") {
  SecuredPair pair;
  int records = 0;
  pair.link = [&](SecuredEnd& from, ByteVector& datagram) {
    const bool ends_agent =
        from.connection.agent().state() == ice::State::connected && from.secured.empty();
    if (ends_agent) CHECK_FALSE(from.connection.is_connected());
    if (is_dtls(datagram)) ++records;
    return true;
  };
  REQUIRE(pair.connect());
  CHECK(records >= 4);
  for (const SecuredEnd* end : {&pair.left, &pair.right}) {
    CHECK(end->states.front() == ice::State::checking);
    CHECK(end->states[1] == ice::State::connected);
    CHECK_FALSE(end->secured.empty());
  }
}

TEST_CASE("both ends know whose certificate they see, and have the same words", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  const Secured& left = pair.left.secured.back();
  const Secured& right = pair.right.secured.back();
  CHECK(left.fingerprint == right.peer_fingerprint);
  CHECK(right.fingerprint == left.peer_fingerprint);
  CHECK(left.fingerprint != right.fingerprint);
  CHECK(left.words == right.words);
  CHECK(std::ranges::count(left.words, ' ') == 3);
  CHECK(left.protocol == "DTLS 1.2");
  CHECK(left.cipher == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
}

TEST_CASE("each connection has words of its own", "[peer][dtls]") {
  const auto identity = [] {
    signal::test::TestRandom random(77);
    return generate_identity(random);
  }();
  SecuredPair one({.left = SecurityOptions{.identity = identity}});
  SecuredPair other({.left = SecurityOptions{.identity = identity}, .seed = 20});
  REQUIRE(one.connect());
  REQUIRE(other.connect());
  CHECK(one.left.secured.back().fingerprint == other.left.secured.back().fingerprint);
  CHECK(one.left.secured.back().words != other.left.secured.back().words);
}

TEST_CASE("a peer that does not encrypt is refused, and told why", "[peer][dtls]") {
  SecuredPair pair({.right = {}});
  CHECK_FALSE(pair.connect());
  REQUIRE(pair.left.failures.size() == 1);
  CHECK(pair.left.failures[0].reason == SecurityFailure::not_encrypted);
  CHECK(pair.left.connection.is_closed());
  CHECK(pair.right.bye == pair.left.failures[0].message);
  CHECK_FALSE(pair.left.has_been(ice::State::connected));
}

TEST_CASE("plaintext of a stranger on the path is not data", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  pair.link = [](SecuredEnd&, ByteVector& datagram) {
    if (is_dtls(datagram)) datagram = {'h', 'e', 'l', 'l', 'o'};
    return true;
  };
  pair.send(pair.left, "sealed");
  pair.run(100ms);
  CHECK(pair.right.received.empty());
  CHECK(pair.right.connection.is_connected());
}

TEST_CASE("a restart needs no new handshake", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  const auto count = [&] { return std::ranges::count_if(pair.datagrams, is_dtls); };
  const auto before = count();
  pair.left.connection.restart(pair.now);
  pair.run(3s);
  CHECK(pair.left.connection.is_connected());
  CHECK(count() == before);
  CHECK(pair.left.secured.size() == 1);
  pair.send(pair.right, "after");
  pair.run(100ms);
  CHECK(pair.left.received == std::vector<std::string>{"after"});
}

TEST_CASE("the end of DTLS is the end of the connection, without signalling", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  pair.signalling = [](auto&, auto&) { return false; };
  pair.close(pair.left);
  pair.run(100ms);
  CHECK_FALSE(pair.right.connection.is_closed());
  pair.run(1s);
  CHECK(pair.right.bye.empty());
  CHECK(pair.right.connection.is_closed());
  CHECK(pair.right.connection.was_ended_by_peer());
}

TEST_CASE("a bye that comes later than the end of DTLS still gives the reason", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  std::optional<signal::Message> bye;
  pair.signalling = [&](auto&, signal::Message& message) {
    bye = message;
    return false;
  };
  pair.close(pair.left);
  pair.run(500ms);
  pair.right.connection.handle_message(pair.now, *bye);
  pair.send(pair.right, "takes the outputs");
  CHECK(pair.right.bye == "closed by a test");
}

TEST_CASE("a handshake that nobody answers ends with a reason after 30 s", "[peer][dtls]") {
  SecuredPair pair;
  pair.link = [](auto&, ByteVector& datagram) { return !is_dtls(datagram); };
  CHECK_FALSE(pair.connect());
  pair.run(25s);
  const auto& failures = pair.left.failures.empty() ? pair.right.failures : pair.left.failures;
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].reason == SecurityFailure::timeout);
  CHECK(pair.left.connection.is_closed());
  CHECK(pair.right.connection.is_closed());
}

TEST_CASE("a handshake whose path was lost begins again on the next one", "[peer][dtls]") {
  SecuredPair pair({.renews = true});
  bool has_begun = false;
  bool is_cut = false;
  pair.link = [&](auto&, ByteVector& datagram) {
    has_begun |= is_dtls(datagram);
    is_cut |= has_begun;
    return !is_cut;
  };
  CHECK_FALSE(pair.connect());
  pair.run(60s);
  CHECK(pair.left.failures.empty());
  CHECK(pair.right.failures.empty());
  pair.link = {};
  pair.run(120s);
  CHECK(pair.left.connection.is_connected());
  CHECK(pair.right.connection.is_connected());
}

TEST_CASE("the handshake begins before a pair is nominated", "[peer][dtls]") {
  SecuredPair pair;
  std::optional<bool> was_selected;
  pair.link = [&](SecuredEnd& from, ByteVector& datagram) {
    if (is_dtls(datagram) && !was_selected) {
      was_selected = from.connection.agent().selected_pair(1).has_value();
    }
    return true;
  };
  REQUIRE(pair.connect());
  CHECK(was_selected == false);
}

TEST_CASE("keys for media are the same at both ends", "[peer][dtls]") {
  const SecurityOptions media{.srtp_profiles = {1}};
  SecuredPair pair({.left = media, .right = media});
  REQUIRE(pair.connect());
  CHECK(pair.left.secured.back().srtp_profile == 1);
  const auto left = pair.left.connection.export_keying_material(1, "EXTRACTOR-dtls_srtp", 60);
  const auto right = pair.right.connection.export_keying_material(1, "EXTRACTOR-dtls_srtp", 60);
  REQUIRE(left);
  CHECK(left == right);
}

TEST_CASE("a datagram that is too long for a record is refused", "[peer][dtls]") {
  SecuredPair pair;
  CHECK(pair.left.connection.max_datagram_size(1) == 0);
  REQUIRE(pair.connect());
  const std::size_t most = pair.left.connection.max_datagram_size(1);
  const std::string longest(most, 'x');
  pair.send(pair.left, longest);
  pair.run(100ms);
  CHECK(pair.right.received == std::vector<std::string>{longest});
  const std::string longer(most + 1, 'x');
  CHECK(pair.left.connection.send(pair.now, 1, as_bytes(longer)) == ice::SendResult::too_large);
}

TEST_CASE("a peer that begins anew gets a new handshake and new words", "[peer][dtls]") {
  for (const bool was_connected : {false, true}) {
    CAPTURE(was_connected);
    SecuredPair pair;
    pair.link = [&](auto&, ByteVector& datagram) { return was_connected || !is_dtls(datagram); };
    CHECK(pair.connect() == was_connected);
    pair.link = {};
    const std::string before = was_connected ? pair.left.secured.back().words : "";
    REQUIRE(pair.replace_right());
    SecuredEnd& right = *pair.replacement;
    pair.send(pair.left, "hello again");
    pair.run(100ms);
    CHECK(right.received == std::vector<std::string>{"hello again"});
    CHECK(pair.left.failures.empty());
    CHECK(right.failures.empty());
    CHECK(pair.left.secured.back().words == right.secured.back().words);
    CHECK(pair.left.secured.back().words != before);
    CHECK_FALSE(pair.left.secured.back().words.empty());
  }
}

// RFC 8842, section 4: other fingerprints are another association, too. Browsers have no ids.
TEST_CASE("a peer without ids begins anew with another certificate", "[peer][dtls]") {
  SecuredPair pair;
  pair.signalling = [&](SecuredEnd& from, signal::Message& message) {
    auto* description = std::get_if<signal::Description>(&message);
    if (description && &from != &pair.left) {
      description->dtls->id.clear();
      description->dtls->peer_id.clear();
      description->dtls->commitment.clear();
    }
    return true;
  };
  REQUIRE(pair.connect());
  const auto before = pair.left.secured.back().peer_fingerprint;
  REQUIRE(pair.replace_right());
  pair.send(pair.left, "hello again");
  pair.run(100ms);
  CHECK(pair.replacement->received == std::vector<std::string>{"hello again"});
  CHECK(pair.left.failures.empty());
  CHECK(pair.left.secured.back().peer_fingerprint != before);
}

TEST_CASE("a peer may begin anew while the first descriptions cross", "[peer][dtls]") {
  for (const auto gap : {0ms, 5ms, 10ms, 20ms, 30ms, 45ms, 60ms, 80ms, 120ms}) {
    CAPTURE(gap.count());
    SecuredPair pair({.crossing = true});
    pair.begin_both();
    pair.run(gap);
    REQUIRE(pair.replace_right());
    pair.send(pair.left, "hello again");
    pair.run(100ms);
    CHECK(pair.replacement->received == std::vector<std::string>{"hello again"});
    CHECK(pair.left.failures.empty());
    CHECK(pair.replacement->failures.empty());
  }
}

}  // namespace
}  // namespace floe::peer::test
