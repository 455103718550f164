#include "floe/whip/exchange.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "sdp/shapes.h"

namespace floe::whip {
namespace {

using namespace floe::literals;

const Timestamp kStart{};

signal::Description description(std::string ufrag) {
  signal::Description message;
  message.credentials = {std::move(ufrag), std::string(sdp::kPassword)};
  message.ice_options = {"trickle"};
  message.candidates = {{std::string(sdp::kHostLine), "0"}};
  message.dtls = signal::DtlsParameters{"actpass", {{"sha-256", "AB:CD"}}, "", ""};
  message.sctp = signal::SctpParameters{};
  return message;
}

const signal::EndOfCandidates& end_of(const std::string& ufrag) {
  static signal::EndOfCandidates end;
  end = {ufrag, "0"};
  return end;
}

/// After the offer of Chromium.
struct Session {
  Session() : told(exchange.offer(kStart, sdp::kChromiumOffer)) {}

  /// Chromium's offer and an answer.
  Answer open() {
    exchange.receive(kStart, description("our1"));
    exchange.receive(kStart, end_of("our1"));
    const auto answer = exchange.poll_answer();
    REQUIRE(answer);
    REQUIRE(answer->outcome == Outcome::answered);
    return *answer;
  }

  Exchange exchange{1};
  Told told;
};

const signal::Description& told_description(const Told& told, std::size_t index = 0) {
  CAPTURE(told.why);
  REQUIRE(told.messages.size() > index);
  const auto* found = std::get_if<signal::Description>(&told.messages[index]);
  REQUIRE(found != nullptr);
  return *found;
}

std::string fragment(std::string_view ufrag, std::string_view password, std::string_view line) {
  return "a=ice-ufrag:" + std::string(ufrag) + "\r\na=ice-pwd:" + std::string(password) +
         "\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\na=" +
         std::string(line) + "\r\n";
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("an offer is answered when the peer has all its candidates", "[whip]") {
  Session session;
  CHECK(told_description(session.told).credentials.ufrag == "4ZcD");
  // RFC 8842, section 5.3: the answer will say active, so the peer must hear passive.
  CHECK(told_description(session.told).dtls->setup == "passive");
  CHECK(session.exchange.awaits_peer());
  session.exchange.receive(kStart, description("our1"));
  session.exchange.receive(
      kStart, signal::CandidateMessage{"our1", {std::string(sdp::kReflexiveLine), "0"}});
  CHECK_FALSE(session.exchange.poll_answer());
  session.exchange.receive(kStart, end_of("our1"));
  const auto answer = session.exchange.poll_answer();
  REQUIRE(answer);
  CHECK(answer->outcome == Outcome::answered);
  const auto read = sdp::parse_description(answer->sdp);
  REQUIRE(read);
  REQUIRE(read->description.media.size() == 1);
  const sdp::MediaSection& section = read->description.media[0];
  CHECK(section.candidates.size() == 2);
  CHECK(read->description.has_ended(section));
  CHECK(read->description.security(section).setup == sdp::Setup::active);
  CHECK(read->description.credentials(section).ufrag == "our1");
  CHECK(session.exchange.ice_session() == 1);
  CHECK(session.exchange.deadline() == kNever);
}

TEST_CASE("an answer does not wait for ever for the last candidates", "[whip]") {
  Session session;
  session.exchange.receive(kStart + 1s, description("our1"));
  CHECK(session.exchange.deadline() == kStart + 1s + kGatheringPatience);
  session.exchange.handle_timeout(kStart + 1s + kGatheringPatience - 1us);
  CHECK_FALSE(session.exchange.poll_answer());
  session.exchange.handle_timeout(kStart + 1s + kGatheringPatience);
  CHECK(session.exchange.poll_answer()->outcome == Outcome::answered);
  // WHIP has no way to tell it.
  session.exchange.receive(
      kStart + 5s, signal::CandidateMessage{"our1", {std::string(sdp::kReflexiveLine), "0"}});
  CHECK_FALSE(session.exchange.poll_answer());
  CHECK(session.exchange.deadline() == kNever);
}

TEST_CASE("a peer that says nothing, or goes, is told to the client", "[whip]") {
  Session silent;
  CHECK(silent.exchange.deadline() == kStart + kAnswerTimeout);
  silent.exchange.handle_timeout(kStart + kAnswerTimeout);
  CHECK(silent.exchange.poll_answer()->outcome == Outcome::no_answer);
  CHECK(silent.exchange.state() == Exchange::State::ended);
  CHECK(silent.exchange.deadline() == kNever);

  Session gone;
  gone.exchange.left();
  CHECK(gone.exchange.poll_answer()->outcome == Outcome::left);

  Session refused;
  refused.exchange.receive(kStart, signal::Bye{"no room"});
  CHECK(refused.exchange.poll_answer()->why == "the peer has said bye: no room");
  CHECK(refused.exchange.patch(kStart, fragment("4ZcD", "", sdp::kHostLine)).refusal ==
        Refusal::over);
}

TEST_CASE("a description that SDP cannot express is no answer", "[whip]") {
  Session session;
  signal::Description odd = description("our1");
  odd.candidates[0].sdp_mid = "no token";
  session.exchange.receive(kStart, odd);
  session.exchange.receive(kStart, end_of("our1"));
  CHECK(session.exchange.poll_answer()->outcome == Outcome::unusable);
  CHECK(session.exchange.state() == Exchange::State::ended);
}

TEST_CASE("what is no offer of data channels changes nothing", "[whip]") {
  Exchange exchange(1);
  CHECK(exchange.offer(kStart, "hello").refusal == Refusal::unreadable);
  CHECK(exchange.offer(kStart, "v=0\r\n").refusal == Refusal::unreadable);
  CHECK(exchange.offer(kStart, sdp::kChromiumGathered).refusal == Refusal::media);
  CHECK(exchange.state() == Exchange::State::fresh);
  CHECK_FALSE(exchange.offer(kStart, sdp::kChromiumOffer).refusal);
  CHECK(exchange.offer(kStart, sdp::kChromiumOffer).refusal == Refusal::over);
}

TEST_CASE("candidates of the client come to the peer", "[whip]") {
  Session session;
  session.open();
  const Told told =
      session.exchange.patch(kStart, fragment("4ZcD", "2/1muCWoOi3uLifh0NuRHlcd", sdp::kHostLine));
  CHECK_FALSE(told.refusal);
  REQUIRE(told.messages.size() == 1);
  const auto& candidate = std::get<signal::CandidateMessage>(told.messages[0]);
  CHECK(candidate.ufrag == "4ZcD");
  CHECK(candidate.init.candidate == sdp::kHostLine);
  CHECK_FALSE(session.exchange.awaits_peer());
  CHECK(session.exchange.patch(kStart, "m=nonsense").refusal == Refusal::unreadable);
  CHECK(session.exchange.patch(kStart, sdp::kChromiumOffer).refusal == Refusal::unreadable);
}

TEST_CASE("a restart of the client keeps what secures the session", "[whip]") {
  Session session;
  session.open();
  const Told told =
      session.exchange.patch(kStart, fragment("next", sdp::kOtherPassword, sdp::kHostLine));
  CHECK_FALSE(told.refusal);
  CHECK(session.exchange.awaits_peer());
  // The first confirms the answer before.
  CHECK(told_description(told, 0).remote_ufrag == "our1");
  CHECK(told_description(told, 1).credentials.ufrag == "next");
  CHECK(told_description(told, 1).dtls == told_description(session.told).dtls);
  CHECK(told_description(told, 1).sctp == told_description(session.told).sctp);
  CHECK(session.exchange.patch(kStart, fragment("nxt2", sdp::kOtherPassword, sdp::kHostLine))
            .refusal == Refusal::busy);

  session.exchange.receive(kStart, description("our1"));  // repeated: not the answer
  session.exchange.receive(kStart, end_of("our1"));
  CHECK_FALSE(session.exchange.poll_answer());
  session.exchange.receive(kStart, description("our2"));
  session.exchange.receive(kStart, end_of("our2"));
  const auto answer = session.exchange.poll_answer();
  REQUIRE(answer);
  CHECK(answer->outcome == Outcome::answered);
  CHECK(has(answer->sdp, "a=ice-ufrag:our2\r\n"));
  CHECK(has(answer->sdp, "a=candidate:1 "));
  CHECK(has(answer->sdp, "a=mid:0\r\n"));
  CHECK_FALSE(has(answer->sdp, "v=0"));
  CHECK_FALSE(has(answer->sdp, "our1"));
  CHECK(session.exchange.ice_session() == 2);
}

TEST_CASE("a restart without an answer leaves the session open", "[whip]") {
  Session session;
  session.open();
  (void)session.exchange.patch(kStart, fragment("next", sdp::kOtherPassword, sdp::kHostLine));
  session.exchange.handle_timeout(kStart + kAnswerTimeout);
  CHECK(session.exchange.poll_answer()->outcome == Outcome::no_answer);
  CHECK(session.exchange.state() == Exchange::State::open);
  CHECK(session.exchange.ice_session() == 1);
}

TEST_CASE("a restart of the peer waits for one of the client", "[whip]") {
  Session session;
  session.open();
  session.exchange.receive(kStart, description("our2"));
  session.exchange.receive(kStart, end_of("our2"));
  CHECK(session.exchange.deadline() == kStart + kRestartPatience);
  SECTION("which the peer's answers at once") {
    (void)session.exchange.patch(kStart, fragment("next", sdp::kOtherPassword, sdp::kHostLine));
    const auto answer = session.exchange.poll_answer();
    REQUIRE(answer);
    CHECK(has(answer->sdp, "a=ice-ufrag:our2\r\n"));
    CHECK(session.exchange.deadline() == kNever);
  }
  SECTION("and not for ever") {
    // The peer tries again and again.
    session.exchange.receive(kStart + 20s, description("our3"));
    session.exchange.handle_timeout(kStart + kRestartPatience);
    CHECK(session.exchange.state() == Exchange::State::ended);
    CHECK_FALSE(session.exchange.poll_answer());
  }
}

TEST_CASE("a peer that talks without end is not kept", "[whip]") {
  Session session;
  session.exchange.receive(kStart, description("our1"));
  for (std::size_t i = 0; i < 10 * kPeerMessagesMax; ++i) {
    const std::string line = "candidate:" + std::to_string(i) + " 1 udp 2130706431 192.0.2.1 " +
                             std::to_string(1000 + i) + " typ host";
    session.exchange.receive(kStart, signal::CandidateMessage{"our1", {line, "0"}});
  }
  session.exchange.handle_timeout(kStart + kGatheringPatience);
  const auto answer = session.exchange.poll_answer();
  REQUIRE(answer);
  const auto read = sdp::parse_description(answer->sdp);
  REQUIRE(read);
  CHECK(read->description.media[0].candidates.size() == kPeerMessagesMax);
}

}  // namespace floe::whip
