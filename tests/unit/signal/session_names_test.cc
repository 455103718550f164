// Candidates that have names of the local network instead of addresses.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/signal/limits.h"
#include "session_end.h"

namespace floe::signal::test {
namespace {

const std::string kPeerUfrag = "Peer";
const std::string kName = "4f3c.local";
const std::string kLine = "candidate:1 1 udp 2130706431 4F3C.local 5000 typ host";
const IpAddress kIp = IpAddress::v4(192, 168, 1, 2);

Description peer_description(std::vector<CandidateInit> candidates, bool is_end = false) {
  Description description;
  description.credentials = {kPeerUfrag, "0123456789abcdefghijkl"};
  description.ice_options = {"trickle"};
  description.candidates = std::move(candidates);
  description.end_of_candidates = is_end;
  return description;
}

struct Resolving : SessionEnd {
  explicit Resolving(std::vector<CandidateInit> candidates = {{kLine}}, bool is_end = false)
      : SessionEnd(1, {.resolves_names = true}) {
    session.start(agent);
    gather({6000});
    receive(peer_description(std::move(candidates), is_end));
  }

  std::vector<std::string> wanted() {
    std::vector<std::string> names;
    while (auto name = session.poll_name()) names.push_back(name->name);
    return names;
  }
  void answer(const std::string& name, std::optional<IpAddress> ip, std::string error = {}) {
    session.handle_name(kStart, {name, ip, std::move(error)}, agent);
    drain();
  }
};

TEST_CASE("a peer's name is asked for and then its candidate added", "[signal][names]") {
  Resolving end;
  CHECK(end.wanted() == std::vector{kName});
  CHECK(end.agent.remote_candidates().empty());
  end.answer(kName, kIp);
  REQUIRE(end.agent.remote_candidates().size() == 1);
  const ice::Candidate candidate = end.agent.remote_candidates().front();
  CHECK(candidate.address == TransportAddress{kIp, 5000});
  CHECK(candidate.base == candidate.address);
  CHECK(candidate.priority == 2130706431);
  CHECK(end.session.counters().host_names_resolved == 1);
  CHECK_FALSE(end.session.poll_skipped());
}

TEST_CASE("the address of a name is not for a relay to know", "[signal][names]") {
  Resolving end;
  end.answer(kName, kIp);
  REQUIRE(end.agent.remote_candidates().size() == 1);
  CHECK(end.agent.remote_candidates().front().is_hidden_by_name);
}

TEST_CASE("a name that is not resolved is told with the reason", "[signal][names]") {
  Resolving end;
  end.answer(kName, std::nullopt, "nobody answers");
  CHECK(end.agent.remote_candidates().empty());
  CHECK(end.session.poll_skipped() == CandidateSkipped{kLine, "nobody answers"});
  CHECK(end.session.counters().host_names_ignored == 1);
}

TEST_CASE("without resolving, a name is skipped and that is said", "[signal][names]") {
  SessionEnd end(1);
  end.receive(peer_description({{kLine}}));
  CHECK_FALSE(end.session.poll_name());
  const auto skipped = end.session.poll_skipped();
  REQUIRE(skipped);
  CHECK(skipped->candidate == kLine);
  CHECK(skipped->reason == "it has a name instead of an address, and no names are looked up");
}

TEST_CASE("only names of the local network are asked for", "[signal][names]") {
  const std::string name = GENERATE("example.org", "a.b.local", "local", "a.localx");
  const std::string line = "candidate:1 1 udp 1 " + name + " 5000 typ host";
  Resolving end({{line}});
  CHECK(end.wanted().empty());
  CHECK(end.session.poll_skipped()->candidate == line);
}

TEST_CASE("candidates of one name cost one look-up", "[signal][names]") {
  Resolving end({{kLine}, {"candidate:1 1 udp 1 4f3c.local 5001 typ host"}, {kLine}});
  CHECK(end.wanted() == std::vector{kName});
  end.answer(kName, kIp);
  CHECK(end.agent.remote_candidates().size() == 2);
  end.answer(kName, IpAddress::v4(192, 168, 1, 3));  // an answer to nothing
  CHECK(end.agent.remote_candidates().size() == 2);
}

TEST_CASE("the end of candidates waits for names", "[signal][names]") {
  const bool resolved = GENERATE(true, false);
  // The agent is complete when the peer has no more candidates and none can be checked any more.
  Resolving end({{kLine}}, true);
  end.agent.handle_timeout(kStart + 60s);
  CHECK(end.agent.state() == ice::State::fresh);
  end.answer(kName, resolved ? std::optional(kIp) : std::nullopt, "nobody answers");
  end.agent.handle_timeout(kStart + 60s);
  CHECK(end.agent.state() == (resolved ? ice::State::checking : ice::State::failed));
}

TEST_CASE("a name that is taken back is not used", "[signal][names]") {
  Resolving end({{kLine}}, true);
  SECTION("before it is resolved") {
    end.receive(CandidateRemoved{kPeerUfrag, {kLine}});
    end.answer(kName, kIp);
  }
  SECTION("after that") {
    end.answer(kName, kIp);
    REQUIRE(end.agent.remote_candidates().size() == 1);
    end.receive(CandidateRemoved{kPeerUfrag, {kLine}});
  }
  CHECK(end.agent.remote_candidates().empty());
  CHECK(end.session.counters().removals == 1);
}

TEST_CASE("names of an old generation are forgotten", "[signal][names]") {
  Resolving end;
  end.restart();
  Description next = peer_description({});
  next.credentials = {"Next", "abcdefghijkl0123456789"};
  next.remote_ufrag = end.ufrag();
  end.receive(next);
  end.answer(kName, kIp);
  CHECK(end.agent.remote_candidates().empty());
}

TEST_CASE("only so many names of a generation are looked up", "[signal][names]") {
  Resolving end(std::vector<CandidateInit>{});
  const auto line = [](std::size_t i) {
    return "candidate:1 1 udp 1 " + std::to_string(i) + ".local 5000 typ host";
  };
  std::size_t wanted = 0;
  for (std::size_t i = 0; i <= kNamedCandidatesMax; ++i) {
    end.receive(CandidateMessage{kPeerUfrag, {line(i)}});
    wanted += end.wanted().size();
    end.answer(std::to_string(i) + ".local", std::nullopt, "nobody answers");
  }
  CHECK(wanted == kNamedCandidatesMax);
  std::optional<CandidateSkipped> last;
  while (auto skipped = end.session.poll_skipped()) last = skipped;
  CHECK(last->candidate == line(kNamedCandidatesMax));
  CHECK(last->reason == "the peer has more candidates with names than are looked up");
}

TEST_CASE("whatever is not used is told with a reason", "[signal][names]") {
  SessionEnd end(1);
  const std::string line = GENERATE(as<std::string>{}, "candidate:1 1 tcp 1 192.0.2.1 9 typ host",
                                    "candidate:1 1 udp 1 192.0.2.1 5000 typ prflx",
                                    "candidate:1 1 udp 1 192.0.2.1 0 typ host",
                                    "candidate:1 2 udp 1 192.0.2.1 5000 typ host",
                                    "candidate:1 1 udp 1 192.0.2.1 5 typ host ufrag Other");
  end.receive(peer_description({{line}}));
  const auto skipped = end.session.poll_skipped();
  REQUIRE(skipped);
  CHECK(skipped->candidate == line);
  CHECK_FALSE(skipped->reason.empty());
  CHECK_FALSE(end.session.poll_skipped());
}

TEST_CASE("reports that nobody takes are dropped", "[signal][names]") {
  SessionEnd end(1);
  end.receive(peer_description({}));
  for (std::size_t i = 0; i <= kSkippedKept; ++i) {
    end.receive(CandidateMessage{kPeerUfrag, {kLine}});
  }
  CHECK(end.session.counters().skips_dropped == 1);
}

// Own addresses ---------------------------------------------------------------------------------

/// The lines that the peer is told, whether in a description or later.
std::vector<std::string> told(SessionEnd& end) {
  std::vector<std::string> lines;
  for (const Message& message : end.take()) {
    if (const auto* found = std::get_if<CandidateMessage>(&message)) {
      lines.push_back(found->init.candidate);
    } else if (const auto* description = std::get_if<Description>(&message)) {
      for (const CandidateInit& init : description->candidates) lines.push_back(init.candidate);
    }
  }
  return lines;
}

TEST_CASE("hidden host candidates are told by their names", "[signal][names]") {
  const bool trickle = GENERATE(true, false);
  SessionEnd end(1, {.trickle = trickle, .name_of = [](const IpAddress&) { return kName; }});
  end.session.start(end.agent);
  end.gather({5000});
  CHECK(told(end) ==
        std::vector<std::string>{"candidate:1 1 udp 2130706431 4f3c.local 5000 typ host"});
  end.agent.remove_local_socket(kStart, {IpAddress::v4(192, 0, 2, 1), 5000});
  end.drain();
  const auto messages = end.take();
  REQUIRE(messages.size() == 1);
  CHECK(std::get<CandidateRemoved>(messages[0]).init.candidate.find(kName) != std::string::npos);
}

TEST_CASE("an address without a name is not told", "[signal][names]") {
  SessionEnd end(1, {.name_of = [](const IpAddress&) { return std::string(); }});
  end.session.start(end.agent);
  end.gather({5000});
  CHECK(told(end).empty());
}

TEST_CASE("other candidates do not betray the address that is hidden", "[signal][names]") {
  SessionEnd end(1, {.name_of = [](const IpAddress&) { return kName; }});
  end.session.start(end.agent);
  end.agent.start_gathering(kStart);
  ice::LocalSocket socket{1, {IpAddress::v4(192, 0, 2, 1), 5000}, 65535};
  socket.external = TransportAddress{IpAddress::v4(198, 51, 100, 7), 5000};
  end.agent.add_local_socket(kStart, socket);
  end.drain();
  const auto lines = told(end);
  REQUIRE(lines.size() == 2);
  CHECK(lines[1].ends_with(" 198.51.100.7 5000 typ srflx raddr 0.0.0.0 rport 9"));
  for (const std::string& line : lines) CHECK(line.find("192.0.2.1") == std::string::npos);
}

}  // namespace
}  // namespace floe::signal::test
