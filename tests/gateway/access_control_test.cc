// Who may come in.
#include "floe/rooms/access_control.h"
#include "floe/rooms/origins.h"
#include "gateway_options.h"
#include "validators.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace floe;
using namespace floe::gateway;
using namespace floe::rooms;

namespace {

GatewayOptions with_secret() {
  GatewayOptions options;
  options.secret = "0123456789abcdef";
  return options;
}

GatewayOptions development() {
  GatewayOptions options;
  options.insecure_dev = true;
  return options;
}

native::RequestHead request(std::string host, std::string origin) {
  native::RequestHead made;
  made.host = std::move(host);
  made.origin = std::move(origin);
  return made;
}

}  // namespace

TEST_CASE("a page served from here may connect, another may not", "[gateway]") {
  const AccessControl access_control(with_secret().access());
  CHECK(access_control.admits_origin(request("gate.example:8080", "http://gate.example:8080")));
  const std::string other =
      GENERATE("https://gate.example:8080", "https://evil.example", "https://gate.example",
               "https://gate.example:8080.evil.io", "null", "http://GATE.example:8080",
               "http://xgate.example:8080", "gate.example:8080");
  CAPTURE(other);
  CHECK_FALSE(access_control.admits_origin(request("gate.example:8080", other)));
}

TEST_CASE("only the origins that the operator names may connect", "[gateway]") {
  GatewayOptions options = with_secret();
  options.origins = {"https://good.example"};
  const AccessControl access_control(options.access());
  CHECK(access_control.admits_origin(request("gate.example", "https://good.example")));
  CHECK_FALSE(
      access_control.admits_origin(request("gate.example", "https://good.example.evil.io")));
  CHECK_FALSE(access_control.admits_origin(request("gate.example", "http://good.example")));
  CHECK_FALSE(access_control.admits_origin(request("gate.example", "https://gate.example")));
}

TEST_CASE("a page served by https is of another origin than one by http", "[gateway]") {
  Access access = with_secret().access();
  access.is_https = true;
  const AccessControl access_control(access);
  CHECK(access_control.admits_origin(request("gate.example", "https://gate.example")));
  CHECK_FALSE(access_control.admits_origin(request("gate.example", "http://gate.example")));
}

TEST_CASE("a star in an origin stands for one label", "[gateway]") {
  GatewayOptions options = with_secret();
  options.origins = {"https://*.example.org", "http://*.lab.example:8080"};
  const AccessControl access_control(options.access());
  const auto admits = [&](std::string origin) {
    return access_control.admits_origin(request("gate.example", std::move(origin)));
  };
  CHECK(admits("https://www.example.org"));
  CHECK(admits("https://a-1.example.org"));
  CHECK(admits("http://x.lab.example:8080"));
  for (const char* other :
       {"https://example.org", "https://.example.org", "https://a.b.example.org",
        "http://www.example.org", "https://www.example.org:8443", "https://WWW.example.org",
        "https://www.example.org.evil.io", "https://evil.io/.example.org",
        "https://evilexample.org", "http://x.lab.example", "http://x.lab.example:80801", "null",
        "https://*.example.org"}) {
    CAPTURE(other);
    CHECK_FALSE(admits(other));
  }
}

TEST_CASE("only the names of this server are served", "[gateway]") {
  Access access = with_secret().access();
  CHECK(AccessControl(access).admits_host("anything"));
  access.hosts = {"gate.example", "[2001:db8::1]", "other.example:8443"};
  const AccessControl access_control(access);
  for (const char* host : {"gate.example", "GATE.example", "gate.example:8080", "[2001:db8::1]",
                           "[2001:db8::1]:443", "other.example:8443"}) {
    CAPTURE(host);
    CHECK(access_control.admits_host(host));
  }
  for (const char* host :
       {"evil.example", "gate.example.evil.io", "xgate.example", "", "127.0.0.1", "other.example",
        "other.example:80", "gate.example:8080:1", "[2001:db8:"}) {
    CAPTURE(host);
    CHECK_FALSE(access_control.admits_host(host));
  }
  access.open = true;
  CHECK(AccessControl(access).admits_host("localhost:8080"));
  CHECK(AccessControl(access).admits_host("gate.example"));
  CHECK_FALSE(AccessControl(access).admits_host("evil.example"));
}

TEST_CASE("a token in a URL is seen", "[gateway]") {
  for (const char* query : {"token=x", "a=b&token=x", "Token=x", "access_token", "x&jwt=&y"}) {
    CAPTURE(query);
    CHECK(AccessControl::has_token_in_query(query));
  }
  for (const char* query : {"", "name=token", "tokens=x", "to=token=x", "mytoken=x", "&&"}) {
    CAPTURE(query);
    CHECK_FALSE(AccessControl::has_token_in_query(query));
  }
}

TEST_CASE("a development gateway is not fooled by a name that points to loopback", "[gateway]") {
  const AccessControl access_control(development().access());
  CHECK(access_control.admits_origin(request("127.0.0.1:8080", "http://127.0.0.1:8080")));
  CHECK(access_control.admits_origin(request("localhost:8080", "http://localhost:8080")));
  CHECK(access_control.admits_origin(request("[::1]:8080", "http://[::1]:8080")));
  CHECK_FALSE(
      access_control.admits_origin(request("evil.example:8080", "http://evil.example:8080")));
  CHECK_FALSE(access_control.admits_origin(request("127.0.0.1.evil.example", "")));
  CHECK_FALSE(access_control.admits_origin(request("", "")));
}

TEST_CASE("a development gateway admits the pages of this machine", "[gateway]") {
  const AccessControl development_access(development().access());
  for (const char* origin : {"http://localhost:5173", "http://127.0.0.1:3000", "https://[::1]"}) {
    CHECK(development_access.admits_origin(request("127.0.0.1:8080", origin)));
    CHECK_FALSE(
        AccessControl(with_secret().access()).admits_origin(request("gate.example", origin)));
  }
  CHECK_FALSE(
      development_access.admits_origin(request("127.0.0.1:8080", "http://localhost.evil.example")));
  CHECK_FALSE(development_access.admits_origin(request("127.0.0.1:8080", "null")));
}

TEST_CASE("an origin that no browser writes is refused when it is named", "[gateway]") {
  CHECK(origin_objection("https://page.example").empty());
  CHECK(origin_objection("http://localhost:5173").empty());
  CHECK(origin_objection("https://*.page.example").empty());
  for (const char* wrong :
       {"page.example", "ftp://page.example", "https://", "https://page.example/", "https://*",
        "https://*.org", "https://a*.example.org", "https://a.*.example.org", "https://*.*.example",
        "https://Page.example", "https://page.example:443", "http://page.example:80", ""}) {
    CAPTURE(wrong);
    CHECK_FALSE(origin_objection(wrong).empty());
  }
}

TEST_CASE("a gateway that anybody could use does not start", "[gateway]") {
  CHECK_FALSE(refuse_to_start(GatewayOptions()).empty());
  CHECK(refuse_to_start(with_secret()).empty());
  CHECK(refuse_to_start(development()).empty());

  GatewayOptions short_secret = with_secret();
  short_secret.secret = "0123456789abcde";
  CHECK_FALSE(refuse_to_start(short_secret).empty());
  GatewayOptions short_previous = with_secret();
  short_previous.admission.previous_secret = "0123456789abcde";
  CHECK_FALSE(refuse_to_start(short_previous).empty());
  GatewayOptions exposed = development();
  exposed.listen.ip = IpAddress::v4(0, 0, 0, 0);
  CHECK_FALSE(refuse_to_start(exposed).empty());
  GatewayOptions bound_outward = development();
  bound_outward.bind = {IpAddress::v4(192, 0, 2, 1)};
  CHECK_FALSE(refuse_to_start(bound_outward).empty());
}

TEST_CASE("arguments that mean nothing end with status 2", "[gateway]") {
  const auto parse = [](std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "floe-gateway");
    return parse_arguments(static_cast<int>(arguments.size()), arguments.data());
  };
  CHECK(parse({"--listen", "8080"}).exit_code == 2);
  CHECK(parse({"--listen", "127.0.0.1:99999"}).exit_code == 2);
  CHECK(parse({"--bind", "localhost"}).exit_code == 2);
  CHECK(parse({"--unknown"}).exit_code == 2);
  CHECK(parse({"--sessions-max", "-1"}).exit_code == 2);
  CHECK(parse({"--documents", "/nowhere/at/all"}).exit_code == 2);
  const auto good =
      parse({"--insecure-dev", "--listen", "[::1]:0", "--bind", "::1", "--bind", "127.0.0.1"});
  REQUIRE_FALSE(good.exit_code);
  CHECK(good.options.listen.to_text() == "[::1]:0");
  CHECK(good.options.bind.size() == 2);
}
