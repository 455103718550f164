// The turns of offer and answer, without an agent.
#include "floe/sdp/offer_answer.h"

#include <catch2/catch_test_macros.hpp>
#include <random>

#include "sdp/shapes.h"

namespace floe::sdp {
namespace {

signal::Description description(std::string ufrag) {
  signal::Description message;
  message.credentials = {std::move(ufrag), std::string(kPassword)};
  message.ice_options = {"trickle"};
  message.candidates = {{std::string(kHostLine), "0"}};
  return message;
}

/// What a peer's agent would print.
std::string text_of(std::string ufrag) {
  OfferAnswer peer({});
  peer.add(description(std::move(ufrag)));
  return peer.take_text();
}

signal::Description secured(std::string ufrag, std::string setup) {
  signal::Description message = description(std::move(ufrag));
  message.dtls = signal::DtlsParameters{std::move(setup), {{"sha-256", "AB:CD"}}, "", ""};
  return message;
}

std::string secured_text_of(std::string ufrag, std::string setup) {
  OfferAnswer peer({});
  peer.add(secured(std::move(ufrag), std::move(setup)));
  return peer.take_text();
}

const signal::Description& heard(const OfferAnswer::Heard& heard, std::size_t index) {
  CAPTURE(heard.error.value_or(""));
  REQUIRE(heard.messages.size() > index);
  return std::get<signal::Description>(heard.messages[index]);
}

}  // namespace

TEST_CASE("an answer names the offer that it answers", "[sdp]") {
  OfferAnswer ours({});
  CHECK_FALSE(ours.is_stable());
  ours.add(description("our1"));
  CHECK(ours.take_text().starts_with("v=0\r\n"));
  CHECK_FALSE(ours.is_stable());
  CHECK(heard(ours.read(text_of("his1")), 0).remote_ufrag == "our1");
  CHECK(ours.is_stable());
}

TEST_CASE("an offer confirms the last answer", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  ours.add(description("our1"));
  CHECK(ours.take_text().empty());
  const auto first = ours.read(text_of("his1"));
  CHECK(first.messages.size() == 1);
  CHECK_FALSE(heard(first, 0).remote_ufrag);
  CHECK_FALSE(ours.is_stable());
  CHECK(ours.take_text().starts_with("v=0\r\n"));
  CHECK(ours.is_stable());

  const auto second = ours.read(text_of("his2"));
  REQUIRE(second.messages.size() == 2);
  CHECK(heard(second, 0).credentials.ufrag == "his1");
  CHECK(heard(second, 0).remote_ufrag == "our1");
  CHECK(heard(second, 0).candidates.empty());
  CHECK(heard(second, 1).credentials.ufrag == "his2");
  CHECK_FALSE(heard(second, 1).remote_ufrag);
}

TEST_CASE("an answer says who begins DTLS, as its offer allows", "[sdp]") {
  const auto answer_to = [](const std::string& offer, const std::string& ours) {
    OfferAnswer answerer({.waits_for_offer = true});
    answerer.add(secured("our1", ours));
    const std::string told = heard(answerer.read(offer), 0).dtls->setup;
    const auto read = parse_description(answerer.take_text());
    REQUIRE(read);
    const auto messages = to_messages(read->description, SdpType::answer);
    REQUIRE(messages);
    const std::string said = std::get<signal::Description>(messages->front()).dtls->setup;
    // Our agent, which left it open, becomes what the answer says.
    if (ours == "actpass") CHECK(told == (said == "active" ? "passive" : "active"));
    return said;
  };
  const std::string open = secured_text_of("his1", "actpass");
  CHECK(open.find("a=setup:actpass\r\n") != std::string::npos);
  CHECK(answer_to(open, "actpass") == "active");
  CHECK(answer_to(open, "passive") == "passive");
  CHECK(answer_to(secured_text_of("his1", "active"), "actpass") == "passive");
  CHECK(answer_to(secured_text_of("his1", "passive"), "actpass") == "active");
}

TEST_CASE("an answer that an offer confirms is still encrypted", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  ours.add(secured("our1", "actpass"));
  const auto first = ours.read(secured_text_of("his1", "actpass"));
  CHECK(heard(first, 0).dtls == secured("his1", "passive").dtls);
  CHECK_FALSE(ours.take_text().empty());
  const auto second = ours.read(secured_text_of("his2", "actpass"));
  REQUIRE(second.messages.size() == 2);
  CHECK(heard(second, 0).credentials.ufrag == "his1");
  CHECK(heard(second, 0).dtls == heard(first, 0).dtls);
}

TEST_CASE("a restart by a fragment keeps what secures the session", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  signal::Description first = secured("our1", "actpass");
  ours.add(first);
  const auto offer = ours.read(kChromiumOffer);
  CHECK_FALSE(ours.take_text().empty());
  const std::string restart =
      "a=ice-ufrag:his2\na=ice-pwd:" + std::string(kOtherPassword) +
      "\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:0\na=" + std::string(kHostLine) +
      "\n";
  const auto restarted = ours.read(restart);
  REQUIRE(restarted.messages.size() == 2);
  CHECK(heard(restarted, 1).credentials.ufrag == "his2");
  CHECK(heard(restarted, 1).dtls == heard(offer, 0).dtls);
  CHECK(heard(restarted, 1).sctp == heard(offer, 0).sctp);
  CHECK(ours.take_restart().empty());
  ours.add(secured("our2", "active"));
  const std::string answer = ours.take_restart();
  CHECK(answer.find("a=ice-ufrag:our2\r\n") != std::string::npos);
  CHECK(answer.find(kHostLine) != std::string::npos);
  CHECK(answer.find("v=0") == std::string::npos);
  CHECK(ours.is_stable());
}

TEST_CASE("a description is not told twice, and an old generation not at all", "[sdp]") {
  OfferAnswer ours({});
  ours.add(description("our1"));
  CHECK_FALSE(ours.take_text().empty());
  ours.add(description("our1"));
  CHECK(ours.take_text().empty());
  ours.add(signal::Bye{});
  ours.add(signal::RestartRequest{});
  ours.add(signal::CandidateMessage{"old1", {std::string(kHostLine), "0"}});
  CHECK(ours.take_text().empty());
  ours.add(signal::CandidateMessage{"our1", {std::string(kHostLine), "0"}});
  CHECK(ours.take_text().starts_with("a=ice-pwd:"));
  ours.add(signal::CandidateMessage{"our1", {std::string(kHostLine), "0"}});
  ours.add(description("our2"));
  const std::string next = ours.take_text();
  CHECK(next.starts_with("v=0\r\n"));
  CHECK(next.find("our1") == std::string::npos);
}

TEST_CASE("candidates of the peer's sections are of our streams", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true, .streams = 2});
  ours.add(description("our1"));
  const auto offer = ours.read(kChromiumGathered);
  CHECK(offer.notes.empty());
  for (const auto& init : heard(offer, 0).candidates) CHECK(init.sdp_mid == "0");
  CHECK_FALSE(ours.take_text().empty());
  const std::string session =
      "a=ice-pwd:bYz7Y5rpVLQ0BxVjKzB5mR4c\na=ice-ufrag:+/aB\nm=audio 9 RTP/AVP 0\n";
  const auto fragment = ours.read(session + "a=mid:video\na=" + std::string(kHostLine) + "\n");
  REQUIRE(fragment.messages.size() == 1);
  CHECK(std::get<signal::CandidateMessage>(fragment.messages[0]).init.sdp_mid == "0");
  const auto unknown = ours.read(session + "a=mid:x\na=" + std::string(kHostLine) + "\n");
  CHECK(unknown.messages.empty());
  CHECK(unknown.notes.size() == 1);
}

TEST_CASE("an answer has the data channels of an offer, and rejects its media", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  ours.add(description("our1"));
  // The transport of the bundle is that of a section which our answer rejects.
  const auto offer = ours.read(kFirefoxOffer);
  CHECK(offer.notes.empty());
  CHECK(heard(offer, 0).candidates.size() == 3);
  const auto answer = parse_description(ours.take_text());
  REQUIRE(answer);
  REQUIRE(answer->description.media.size() == 2);
  CHECK(answer->description.media[0].is_rejected());
  CHECK(answer->description.media[0].media == "audio");
  CHECK(answer->description.media[0].own.host == "0.0.0.0");
  const MediaSection& channels = answer->description.media[1];
  CHECK(channels.port == 50000);
  CHECK(channels.mid == "1");
  CHECK(channels.rtcp_mux);
  CHECK(channels.candidates == std::vector<std::string>{std::string(kHostLine)});
  CHECK(answer->description.bundles == std::vector<std::vector<std::string>>{{"1"}});

  ours.add(signal::CandidateMessage{"our1", {std::string(kReflexiveLine), "0"}});
  const std::string fragment = ours.take_text();
  CHECK(fragment.find("a=mid:1\r\n") != std::string::npos);
  CHECK(fragment.find(kReflexiveLine) != std::string::npos);
}

TEST_CASE("a peer's rejected media leave their transport", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  ours.add(description("our1"));
  std::string balanced(kFirefoxOffer);
  balanced.replace(balanced.find("m=application 0"), 15, "m=application 9");
  balanced.replace(balanced.find("a=bundle-only"), 13, "a=" + std::string(kReflexiveLine));
  const auto offer = ours.read(balanced);
  CHECK(heard(offer, 0).candidates ==
        std::vector<signal::CandidateInit>{{std::string(kReflexiveLine), "0"}});
  const auto answer = parse_description(ours.take_text());
  REQUIRE(answer);
  CHECK(answer->description.media[0].is_rejected());
  CHECK(answer->description.media[1].candidates.size() == 1);
}

TEST_CASE("an offer of media alone is answered as it is", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  ours.add(description("our1"));
  CHECK_FALSE(ours.read(kChromiumGathered).error);
  const auto answer = parse_description(ours.take_text());
  REQUIRE(answer);
  for (const MediaSection& section : answer->description.media) CHECK_FALSE(section.is_rejected());
}

TEST_CASE("media with a transport of their own are no stream of ours", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  ours.add(description("our1"));
  std::string apart(kFirefoxOffer);
  apart.replace(apart.find("a=group:BUNDLE 0 1"), 18, "a=group:BUNDLE 1");
  const auto offer = ours.read(apart);
  CHECK(heard(offer, 0).candidates.empty());
  const auto answer = parse_description(ours.take_text());
  REQUIRE(answer);
  CHECK(answer->description.media[0].is_rejected());
  CHECK_FALSE(answer->description.media[1].is_rejected());
}

TEST_CASE("the text of libnice is a description, and a restart is another", "[sdp]") {
  OfferAnswer ours({.waits_for_offer = true});
  ours.add(description("our1"));
  CHECK(heard(ours.read(kLibnice), 0).credentials.ufrag == "mkYB");
  const std::string answer = ours.take_text();
  CHECK(answer.find("m=application ") != std::string::npos);
  std::string restarted(kLibnice);
  restarted.replace(restarted.find("mkYB"), 4, "next");
  restarted.replace(restarted.find("cUJG"), 4, "next");
  CHECK(heard(ours.read(restarted), 1).credentials.ufrag == "next");
}

TEST_CASE("no mixture of lines breaks the turns", "[sdp]") {
  std::string all;
  for (const std::string_view text :
       {kChromiumOffer, kChromiumGathered, kFirefoxOffer, kSafariOffer, kLibnice, kLiteAnswer}) {
    all += text;
  }
  std::vector<std::string> lines = {"m=audio 9 RTP/AVP 0\n", "a=mid:9\n", "a=group:BUNDLE 9 0\n"};
  for (std::size_t at = 0; at < all.size(); at = all.find('\n', at) + 1) {
    lines.push_back(all.substr(at, all.find('\n', at) + 1 - at));
  }
  std::minstd_rand random(1);
  const auto pick = [&](std::size_t bound) { return random() % bound; };
  OfferAnswer ours({.streams = 2});
  std::size_t used = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = pick(2) == 0 ? "v=0\n" : "";
    text += "a=ice-ufrag:" + std::to_string(1000 + pick(3)) + "\n";
    text += "a=ice-pwd:" + std::string(kPassword) + "\n";
    for (std::size_t count = pick(30); count > 0; --count) {
      const std::string& line = lines[pick(lines.size())];
      if (!line.starts_with("a=ice-ufrag") && !line.starts_with("v=")) text += line;
    }
    const OfferAnswer::Heard heard = ours.read(text);
    CHECK((heard.error.has_value() ? heard.messages.empty() : true));
    if (!heard.messages.empty()) ++used;
    if (pick(3) == 0) ours.add(description("our" + std::to_string(pick(100))));
    const std::string answer = ours.take_text();
    if (answer.starts_with("v=0")) CHECK(parse_description(answer));
  }
  CHECK(used > 500);
}

}  // namespace floe::sdp
