// With which options the gateway serves TURN, and with which it does not start.
#include "turn_options.h"

#include <CLI/CLI.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "temporary_directory.h"

using namespace floe;
using namespace floe::gateway;

namespace {

TurnOptions usable() {
  TurnOptions options;
  options.listen = {*TransportAddress::parse("127.0.0.1:3478")};
  options.secret = "0123456789abcdef";
  return options;
}

bool is_refused(const TurnOptions& options, bool loopback_only = false) {
  return !refuse_turn(options, {.loopback_only = loopback_only}).empty();
}

}  // namespace

TEST_CASE("TURN needs somebody who may use it", "[gateway][turn]") {
  CHECK_FALSE(is_refused(TurnOptions()));
  CHECK_FALSE(is_refused(usable()));
  TurnOptions options = usable();
  options.secret.clear();
  CHECK(is_refused(options));
  options.users = {{"alice", "secret"}};
  CHECK_FALSE(is_refused(options));
}

TEST_CASE("TURN needs secrets that cannot be guessed", "[gateway][turn]") {
  TurnOptions options = usable();
  options.secret = "short";
  CHECK(is_refused(options));
  options = usable();
  options.previous_secret = "short";
  CHECK(is_refused(options));
}

TEST_CASE("TURN needs addresses that answers can leave from", "[gateway][turn]") {
  TurnOptions options = usable();
  options.listen = {*TransportAddress::parse("0.0.0.0:3478")};
  CHECK(is_refused(options));
  options = usable();
  options.relay = {*IpAddress::parse("::")};
  CHECK(is_refused(options));
}

TEST_CASE("without a token TURN stays on loopback", "[gateway][turn]") {
  TurnOptions options = usable();
  CHECK_FALSE(is_refused(options, true));
  options.relay = {IpAddress::v4(198, 51, 100, 1)};
  CHECK(is_refused(options, true));
  CHECK_FALSE(is_refused(options, false));
}

TEST_CASE("TURN over TLS needs a certificate and its key", "[gateway][turn]") {
  TurnOptions options = usable();
  options.listen_tls = {*TransportAddress::parse("127.0.0.1:5349")};
  CHECK(is_refused(options));
  CHECK(refuse_turn(options, {.has_certificate = true}).empty());
}

TEST_CASE("NAT behaviour discovery needs two addresses and two ports", "[gateway][turn]") {
  const auto [other, refused] = GENERATE(table<const char*, bool>({{"127.0.0.2:3479", false},
                                                                   {"127.0.0.1:3479", true},
                                                                   {"127.0.0.2:3478", true},
                                                                   {"127.0.0.2:0", true},
                                                                   {"[::1]:3479", true}}));
  TurnOptions options = usable();
  options.alternate = TransportAddress::parse(other);
  CHECK(is_refused(options) == refused);
}

TEST_CASE("a realm is short, so that challenges are", "[gateway][turn]") {
  TurnOptions options = usable();
  options.realm = std::string(33, 'x');
  CHECK(is_refused(options));
  options.realm.clear();
  CHECK(is_refused(options));
}

TEST_CASE("a file of users may end its lines as any system does", "[gateway][turn]") {
  const native::test::TemporaryDirectory directory;
  for (const std::string end : {"\n", "\r\n"}) {
    const std::string file = directory.write(
        "users", "# people" + end + end + "alice:secret" + end + "bob:a:b c" + end + "eve:last");
    CLI::App app;
    TurnArguments arguments;
    arguments.add_to(app);
    app.parse("--turn-users " + file);
    TurnOptions options;
    REQUIRE(arguments.read(options).empty());
    CHECK(options.users.size() == 3);
    CHECK(options.users["alice"] == "secret");
    CHECK(options.users["bob"] == "a:b c");
    CHECK(options.users["eve"] == "last");
  }
}
