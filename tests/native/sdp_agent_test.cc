// `floe agent --signal sdp`: two commands whose outputs are pasted into each other, and
// descriptions in the shapes of others.
#include <catch2/catch_test_macros.hpp>

#include "child_process.h"
#include "relay_server.h"
#include "sdp/shapes.h"

namespace floe::native {
namespace {

using test::ChildProcess;
using test::ChildResult;
using test::run_until;
using namespace std::chrono_literals;

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class Agent {
 public:
  explicit Agent(std::vector<std::string> options = {}) : child_(arguments(std::move(options))) {}

  const std::string& output() { return child_.hear().output; }
  bool has_said(std::string_view part, std::size_t times = 1) {
    return count_of(output(), part) >= times;
  }
  void say(std::string_view text) { child_.say(text); }
  /// All that this agent has said since the last time goes to the other: reports, too.
  void paste_to(Agent& other) {
    const std::string& said = output();
    other.say(std::string_view(said).substr(pasted_));
    pasted_ = said.size();
  }
  ChildResult finish(Loop& loop) { return child_.finish(loop, 5s); }

 private:
  static std::vector<std::string> arguments(std::vector<std::string> options) {
    options.insert(options.begin(),
                   {FLOE_COMMAND, "agent", "--signal", "sdp", "--bind", "127.0.0.1"});
    return options;
  }

  ChildProcess child_;
  std::size_t pasted_ = 0;
};

struct Pair {
  Loop loop;
  Agent left;
  Agent right;

  explicit Pair(std::vector<std::string> left_options, std::vector<std::string> right_options)
      : left(std::move(left_options)), right(std::move(right_options)) {}

  template <class Predicate>
  bool paste_until(Predicate done) {
    return run_until(loop, [&] {
      left.paste_to(right);
      right.paste_to(left);
      return done();
    });
  }
  bool connect() {
    constexpr std::string_view kConnected = R"("state":"connected")";
    return paste_until([&] { return left.has_said(kConnected) && right.has_said(kConnected); });
  }
  bool data_pass() {
    const std::size_t before = count_of(left.output(), R"("event":"data")");
    left.say("{\"command\":\"send\",\"base64\":\"aGVsbG8=\"}\n");
    return paste_until([&] { return left.has_said(R"("base64":"aGVsbG8=")", before + 1); });
  }
};

/// An order to send about `size` bytes.
std::string send_of(std::size_t size) {
  return R"({"command":"send","base64":")" + std::string(size / 3 * 4, 'A') + "\"}\n";
}

/// The answer of a controlled agent to an offer.
std::string answer_to(std::string_view offer, std::vector<std::string> options = {}) {
  Loop loop;
  options.insert(options.end(), {"--role", "controlled", "--dtls", "off"});
  Agent agent(std::move(options));
  agent.say(offer);
  agent.say("\n");
  CAPTURE(agent.output());
  REQUIRE(run_until(loop, [&] { return agent.has_said("\r\n\r\n"); }));
  const std::string answer = agent.output();
  CHECK(agent.finish(loop).exit_status == 0);
  return answer;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a datagram that the relay cannot carry is an error, and counted", "[native][cli]") {
  Loop loop;
  test::RelayServer relay(loop);
  Pair pair({"--policy", "relay", "--turn", relay.uri(), "--turn-user", "alice", "--turn-pass",
             "secret", "--dtls", "off"},
            {"--role", "controlled", "--dtls", "off"});
  const auto both = [&] {
    loop.run_once(Duration::zero());
    return pair.left.has_said(R"("state":"connected")") &&
           pair.right.has_said(R"("state":"connected")");
  };
  REQUIRE(pair.paste_until(both));
  pair.left.say(send_of(65'502));
  pair.left.say("{\"command\":\"stats\"}\n");
  CHECK(pair.paste_until([&] { return pair.left.has_said(R"("event":"stats")"); }));
  CHECK(pair.left.has_said(R"("code":"too-big")"));
  CHECK(pair.left.has_said(R"("packetsDiscardedOnSend":1)"));
  CHECK(pair.left.has_said(R"("packetsNotSentTooLarge":1)"));
  CHECK_FALSE(pair.left.has_said("not-connected"));
}

TEST_CASE("a datagram that no record holds is an error, and counted", "[native][cli][dtls]") {
  Pair pair({}, {"--role", "controlled"});
  REQUIRE(pair.connect());
  pair.left.say(send_of(16'386));
  pair.left.say("{\"command\":\"stats\"}\n");
  CHECK(pair.paste_until([&] { return pair.left.has_said(R"("event":"stats")"); }));
  CHECK(pair.left.has_said(R"("code":"too-big")"));
  CHECK(pair.left.has_said(R"("packetsNotSentTooLarge":1)"));
  CHECK(pair.left.has_said(R"("dtlsState":"connected")"));
  CHECK(pair.left.has_said(R"("type":"certificate")", 2));
}

TEST_CASE("two agents meet by one offer and one answer", "[native][cli]") {
  Pair pair({}, {"--role", "controlled", "--echo"});
  REQUIRE(pair.connect());
  CHECK(pair.data_pass());
  for (Agent* agent : {&pair.left, &pair.right}) {
    CAPTURE(agent->output());
    CHECK(count_of(agent->output(), "v=0\r\n") == 1);
    CHECK(count_of(agent->output(), "\r\n\r\n") == 1);
    CHECK(has(agent->output(), "a=end-of-candidates\r\n"));
    CHECK(has(agent->output(), " 127.0.0.1 "));
    CHECK_FALSE(agent->has_said(R"("event":"error")"));
    const ChildResult end = agent->finish(pair.loop);
    CHECK(end.exit_status == 0);
    CHECK(end.output.ends_with("{\"event\":\"closed\",\"reason\":\"eof\"}\n"));
  }
}

TEST_CASE("two agents that both offer meet all the same", "[native][cli]") {
  Pair pair({}, {"--echo"});
  REQUIRE(pair.connect());
  CHECK(pair.data_pass());
}

TEST_CASE("candidates follow as fragments when agents trickle", "[native][cli]") {
  Pair pair({"--trickle", "--streams", "2"},
            {"--trickle", "--streams", "2", "--role", "controlled", "--echo"});
  REQUIRE(pair.connect());
  CHECK(pair.data_pass());
  for (Agent* agent : {&pair.left, &pair.right}) {
    const std::string& output = agent->output();
    CAPTURE(output);
    CHECK(count_of(output, "v=0\r\n") == 1);
    CHECK(output.find("a=mid:0") < output.find("a=mid:1"));
    CHECK_FALSE(agent->has_said(R"("event":"error")"));
  }
  // In a fragment, nothing stands between the name of a section and its candidates.
  CHECK(pair.left.has_said("a=mid:0\r\na=candidate:"));
}

TEST_CASE("a restart is a new offer, and needs the answer to the last", "[native][cli]") {
  Pair pair({}, {"--role", "controlled", "--echo"});
  pair.left.say("{\"command\":\"restart\"}\n");
  REQUIRE(run_until(pair.loop, [&] { return pair.left.has_said("bad-command"); }));
  REQUIRE(pair.connect());
  for (std::size_t round = 2; round < 5; ++round) {
    Agent& offerer = round % 2 == 0 ? pair.left : pair.right;
    offerer.say("{\"command\":\"restart\"}\n");
    CAPTURE(round, pair.left.output(), pair.right.output());
    REQUIRE(pair.paste_until([&] {
      return pair.left.has_said("v=0\r\n", round) && pair.right.has_said("v=0\r\n", round) &&
             pair.left.has_said(R"("event":"selected-pair")", round) &&
             pair.right.has_said(R"("event":"selected-pair")", round);
    }));
    CHECK(pair.data_pass());
    CHECK(count_of(pair.left.output(), "v=0\r\n") == round);
    CHECK(count_of(pair.right.output(), "v=0\r\n") == round);
  }
}

TEST_CASE("an answer has the sections of its offer", "[native][cli]") {
  const std::string browser = answer_to(sdp::kChromiumGathered);
  CAPTURE(browser);
  CHECK(has(browser, "a=group:BUNDLE audio video\r\n"));
  const auto audio = browser.find(" UDP/TLS/RTP/SAVPF 111 63\r\n");
  const auto video = browser.find(" UDP/TLS/RTP/SAVPF 96\r\n");
  REQUIRE(video != std::string::npos);
  REQUIRE(audio < video);
  CHECK(has(browser.substr(audio, video - audio), "a=candidate:"));
  CHECK_FALSE(has(browser.substr(video), "a=candidate:"));
  CHECK(has(browser.substr(video), "a=mid:video\r\n"));
  CHECK_FALSE(has(browser, "sctp-port"));

  const std::string rejected = answer_to(sdp::kLiteAnswer);
  CHECK(has(rejected, "m=video 0 UDP/TLS/RTP/SAVPF 97\r\n"));
  CHECK(has(rejected, "a=group:BUNDLE 0 1\r\n"));

  const std::string libnice = answer_to(sdp::kLibnice);
  CAPTURE(libnice);
  CHECK(has(libnice, " ICE/SDP\r\n"));
  CHECK(has(libnice, "\r\nm=application "));
  CHECK_FALSE(has(libnice, "a=mid"));
}

TEST_CASE("streams are the sections that have transports of their own", "[native][cli]") {
  const std::string ice = "a=ice-ufrag:Ab3d\na=ice-pwd:" + std::string(sdp::kPassword) + "\n";
  const std::string offer = "v=0\n" + ice +
                            "m=audio 0 RTP/AVP 0\na=mid:a\n"
                            "m=audio 9 RTP/AVP 0\na=mid:b\na=" +
                            std::string(sdp::kHostLine) +
                            "\nm=video 9 RTP/AVP 0\na=mid:c\nm=video 9 RTP/AVP 0\na=mid:d\n";
  const std::string answer = answer_to(offer, {"--streams", "2"});
  CAPTURE(answer);
  CHECK(has(answer, "m=audio 0 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:a\r\n"));
  CHECK(has(answer, "m=video 0 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:d\r\n"));
  for (const std::string_view mid : {"a=mid:b\r\n", "a=mid:c\r\n"}) {
    const auto at = answer.find(mid);
    REQUIRE(at != std::string::npos);
    CHECK(answer.substr(at, answer.find("m=", at) - at).find("a=candidate:") != std::string::npos);
  }
}

TEST_CASE("a text that cannot be used is an error, and changes nothing", "[native][cli]") {
  Loop loop;
  Agent agent({"--role", "controlled", "--dtls", "off"});
  agent.say("v=0\nm=audio\n.\n");
  REQUIRE(run_until(loop, [&] { return agent.has_said("line 2: the m-line"); }));
  agent.say("a=ice-ufrag:Ab3d\nm=audio 9 RTP/AVP 0\na=end-of-candidates\n.\n");
  REQUIRE(run_until(loop, [&] { return agent.has_said("before the description"); }));
  agent.say("{\"type\":\"bye\"}\n");
  REQUIRE(run_until(loop, [&] { return agent.has_said("the peer's messages are SDP"); }));
  agent.say("v=0\nm=audio 0 RTP/AVP 0\n" + std::string(sdp::kChromiumOffer) + "\n");
  REQUIRE(run_until(loop, [&] { return agent.has_said("all sections are rejected"); }));
  REQUIRE(run_until(loop, [&] { return agent.has_said("v=0\r\n"); }));
  const ChildResult end = agent.finish(loop);
  CHECK(end.exit_status == 0);
  CHECK(count_of(end.output, "bad-message") == 4);
}

}  // namespace floe::native
