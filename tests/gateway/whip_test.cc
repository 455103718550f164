// WHIP by hand: what a page would ask, with a peer in the room that knows floe.signal.1 alone.
#include "floe/rooms/whip_service.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "floe/json/document.h"
#include "floe/rooms/whip_request.h"
#include "floe/signal/message_codec.h"
#include "raw_client.h"
#include "rooms.h"

namespace floe::rooms {
namespace {

using native::test::RawClient;
using native::test::run_until;

constexpr std::string_view kOffer =
    "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
    "a=ice-ufrag:4ZcD\r\na=ice-pwd:2/1muCWoOi3uLifh0NuRHlcd\r\na=ice-options:trickle\r\n"
    "a=fingerprint:sha-256 0A:1B\r\na=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\n";

/// The id of who sent the message.
std::string from_of(std::string_view text) {
  const auto document = json::Document::parse(text, signal::kRelayedLimits);
  REQUIRE(document);
  const auto envelope = signal::parse_envelope(document->root());
  REQUIRE(envelope);
  return envelope->from;
}

/// A member of the room that answers each new generation, if it is told to.
class Peer final : public MessageChannelListener {
 public:
  Peer(test::Rooms& rooms, const std::string& name, bool answers = true)
      : answers_(answers),
        channel_(rooms.host.web_socket_clients().connect(rooms.url(), "floe.signal.1", *this)) {
    join_ = R"({"type":"join","name":")" + name + "\"}";
    REQUIRE(run_until(rooms.host.loop(), [&] { return has_joined_; }));
  }

  std::vector<signal::Message> heard;

 private:
  void on_channel_open() override { say(join_); }
  void on_channel_message(MessageKind, Bytes bytes) override {
    const std::string_view text = as_text(bytes);
    if (text.starts_with(R"({"type":"joined")")) has_joined_ = true;
    const auto parsed = signal::parse_message(text);
    if (!parsed) return;
    heard.push_back(parsed->message);
    const auto* description = std::get_if<signal::Description>(&parsed->message);
    if (!answers_ || description == nullptr || description->remote_ufrag) return;
    const std::string ufrag = "our" + std::to_string(++generation_);
    const std::string to = R"({"to":")" + from_of(text) + "\",";
    say(to + R"("type":"description","usernameFragment":")" + ufrag +
        R"(","password":"0123456789abcdefghijkl","dtls":{"setup":"active","fingerprints":)"
        R"([{"algorithm":"sha-256","value":"AB:CD"}]},"sctp":{}})");
    say(to + R"("type":"end-of-candidates","usernameFragment":")" + ufrag + "\"}");
  }
  void on_channel_closed(const ChannelClosed&) override {}
  void say(const std::string& text) { channel_->send(MessageKind::text, as_bytes(text)); }

  bool answers_;
  bool has_joined_ = false;
  int generation_ = 0;
  std::string join_;
  std::unique_ptr<MessageChannel> channel_;
};

struct Site : test::Rooms {
  explicit Site(std::string secret = {}) : test::Rooms(with(std::move(secret))) {
    server.add_handler("/signal/", whip);
    listen();
  }
  static Access with(std::string secret) {
    const bool open = secret.empty();
    return {.secret = std::move(secret), .open = open, .secret_is_token = true};
  }

  std::string ask(std::string_view method, std::string_view path, std::string_view headers = {},
                  std::string_view body = {}) {
    RawClient client(host.loop(), server.address());
    client.send(std::string(method) + ' ' + std::string(path) +
                " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + std::string(headers) +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
    REQUIRE(client.receive_end(Duration(std::chrono::seconds(20))));
    return client.received();
  }
  std::string post(std::string_view query = {}, std::string_view headers = {}) {
    return ask("POST", "/signal/home/whip" + std::string(query),
               "Content-Type: application/sdp\r\n" + std::string(headers), kOffer);
  }
  std::string patch(const std::string& path, std::string_view tag, std::string_view ufrag,
                    std::string_view password) {
    return ask(
        "PATCH", path,
        "Content-Type: application/trickle-ice-sdpfrag\r\nIf-Match: " + std::string(tag) + "\r\n",
        "a=ice-ufrag:" + std::string(ufrag) + "\r\na=ice-pwd:" + std::string(password) +
            "\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n"
            "a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host\r\n");
  }

  WhipService whip{signal, access_control, refusals};
};

std::string header(const std::string& answer, const std::string& name) {
  const std::size_t at = answer.find("\r\n" + name + ": ");
  if (at == answer.npos) return {};
  const std::size_t begin = at + name.size() + 4;
  return answer.substr(begin, answer.find("\r\n", begin) - begin);
}

int status(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9)) : 0;
}

}  // namespace

TEST_CASE("an offer by POST is answered by the peer in the room", "[gateway][whip]") {
  Site site;
  Peer peer(site, "device");
  const std::string answer = site.post("", "Origin: http://localhost:3000\r\n");
  CAPTURE(answer);
  REQUIRE(status(answer) == 201);
  CHECK(header(answer, "content-type") == "application/sdp");
  CHECK(header(answer, "etag") == "\"1\"");
  CHECK(header(answer, "accept-patch") == "application/trickle-ice-sdpfrag");
  CHECK(header(answer, "access-control-allow-origin") == "http://localhost:3000");
  CHECK(answer.find("a=ice-ufrag:our1\r\n") != answer.npos);
  CHECK(answer.find("a=setup:active\r\n") != answer.npos);
  const std::string session = header(answer, "location");
  CHECK(session.starts_with("/signal/home/whip/"));

  SECTION("candidates follow") {
    CHECK(status(site.patch(session, "\"1\"", "4ZcD", "2/1muCWoOi3uLifh0NuRHlcd")) == 204);
    REQUIRE(run_until(site.host.loop(), [&] { return peer.heard.size() == 2; }));
    CHECK(std::get<signal::CandidateMessage>(peer.heard[1]).ufrag == "4ZcD");
    CHECK(status(site.patch(session, "\"2\"", "4ZcD", "2/1muCWoOi3uLifh0NuRHlcd")) == 412);
    CHECK(status(site.ask("PATCH", session, "Content-Type: application/trickle-ice-sdpfrag\r\n",
                          "x")) == 428);
    CHECK(status(site.ask("PATCH", session, "Content-Type: text/plain\r\n", "x")) == 415);
  }
  SECTION("a restart has another ETag") {
    const std::string restarted = site.patch(session, "*", "next", "lkjihgfedcba9876543210");
    CAPTURE(restarted);
    CHECK(status(restarted) == 200);
    CHECK(header(restarted, "etag") == "\"2\"");
    CHECK(header(restarted, "content-type") == "application/trickle-ice-sdpfrag");
    CHECK(restarted.find("a=ice-ufrag:our2\r\n") != restarted.npos);
  }
  SECTION("the peer hears when the client goes") {
    CHECK(status(site.ask("GET", session)) == 405);
    CHECK(status(site.ask("DELETE", session)) == 200);
    REQUIRE(run_until(site.host.loop(), [&] { return peer.heard.size() == 2; }));
    CHECK(std::holds_alternative<signal::Bye>(peer.heard[1]));
    CHECK(status(site.ask("DELETE", session)) == 404);
    CHECK(site.whip.session_count() == 0);
  }
}

TEST_CASE("an offer that nobody can answer is refused with a sentence", "[gateway][whip]") {
  Site site;
  CHECK(status(site.post()) == 503);
  Peer first(site, "device");
  CHECK(status(site.post("?to=nobody")) == 503);
  CHECK(status(site.post("?to=no%20name")) == 400);
  Peer second(site, "other", false);
  const std::string several = site.post();
  CHECK(status(several) == 409);
  CHECK(several.ends_with("choose one by ?to= or ?service=.\n"));
  CHECK(status(site.post("?to=device&name=page")) == 201);
  // A client of WHIP is no peer for another.
  CHECK(status(site.post("?to=page")) == 503);
  CHECK(status(site.ask("POST", "/signal/home/whip", "Content-Type: text/plain\r\n", "x")) == 415);
  CHECK(status(site.ask("POST", "/signal/home/whip", "Content-Type: application/sdp\r\n", "x")) ==
        422);
  CHECK(status(site.ask("GET", "/signal/home/whip")) == 405);
  CHECK(status(site.ask("POST", "/signal/home/other", "", "x")) == 404);
  CHECK(site.whip.session_count() == 1);
}

TEST_CASE("a peer that does not answer costs ten seconds", "[gateway][whip]") {
  Site site;
  Peer silent(site, "device", false);
  CHECK(status(site.post()) == 504);
  CHECK(site.whip.session_count() == 0);
}

TEST_CASE("WHIP needs the token and a page that may come in", "[gateway][whip]") {
  Site site("0123456789abcdef");
  CHECK(status(site.post()) == 401);
  CHECK(status(site.post("", "Authorization: Bearer wrong\r\n")) == 401);
  CHECK(status(site.post("", "Authorization: bearer 0123456789abcdef\r\n")) == 503);
  CHECK(status(site.ask("DELETE", "/signal/home/whip/x")) == 401);
  CHECK(status(site.post("", "Origin: https://evil.example\r\n")) == 403);
  CHECK(status(site.ask("OPTIONS", "/signal/home/whip", "Origin: https://evil.example\r\n")) ==
        403);
  const std::string asked =
      site.ask("OPTIONS", "/signal/home/whip", "Origin: http://localhost\r\n");
  CHECK(status(asked) == 204);
  CHECK(header(asked, "access-control-allow-headers") == "authorization, content-type, if-match");
}

TEST_CASE("the path and the query of WHIP are read strictly", "[gateway][whip]") {
  const auto path = read_whip_path("/signal/home/whip/abc");
  REQUIRE(path);
  CHECK(path->room == "home");
  CHECK(path->session == "abc");
  CHECK(read_whip_path("/signal/home/whip")->session.empty());
  for (const char* wrong :
       {"/signal/home", "/signal//whip", "/signal/home/whip/", "/signal/a b/whip",
        "/signal/home/whip/a/b", "/other/home/whip", "/signal/home/whipx"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_whip_path(wrong));
  }
  CHECK(read_whip_query("to=p1&x=%20&service=echo")->service == "echo");
  CHECK(read_whip_query("")->name == "whip");
  CHECK_FALSE(read_whip_query("name="));
  CHECK(bearer_token("BEARER abc") == "abc");
  CHECK(bearer_token("Basic abc").empty());
  CHECK(is_of_type("Application/SDP ; charset=utf-8", "application/sdp"));
  CHECK_FALSE(is_of_type("application/sdpx", "application/sdp"));
}

}  // namespace floe::rooms
