// What people are told of a connection, and how much it takes.
#include "floe/peer/explanation.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "floe/api/datagram_socket.h"
#include "peer/secured_pair.h"

namespace floe::peer::test {
namespace {

using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("while the handshake is under way, nobody is told that all is well", "[peer][dtls]") {
  SecuredPair pair;
  CHECK_THAT(explain(pair.left.connection), ContainsSubstring("description has not come"));
  bool is_open = false;
  pair.link = [&](SecuredEnd&, ByteVector& datagram) { return is_open || !is_dtls(datagram); };
  CHECK_FALSE(pair.connect());
  CHECK(pair.left.connection.agent().state() == ice::State::completed);
  CHECK_THAT(explain(pair.left.connection),
             ContainsSubstring("A path works") && ContainsSubstring("DTLS on it is under way"));
  is_open = true;
  REQUIRE(pair.wait());
  CHECK(explain(pair.left.connection) == "Connected.");
}

TEST_CASE("a connection that the peer has closed says so in the peer's words", "[peer]") {
  SecuredPair pair({.left = {}, .right = {}});
  REQUIRE(pair.connect());
  pair.close(pair.left);
  pair.run(100ms);
  CHECK(explain(pair.left.connection) == "The agent was closed.");
  CHECK(explain(pair.right.connection) == "The peer closed the connection: closed by a test");
}

TEST_CASE("in plaintext, too, nothing fits where there is no path", "[peer]") {
  SecuredPair pair({.left = {}, .right = {}});
  CHECK(pair.left.connection.max_datagram_size(1) == 0);
  REQUIRE(pair.connect());
  CHECK(pair.left.connection.max_datagram_size(1) == kMaxDatagramSize);
  pair.close(pair.left);
  CHECK(pair.left.connection.max_datagram_size(1) == 0);
}

}  // namespace
}  // namespace floe::peer::test
