// A connection asks STUN servers over real sockets, by name too.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/driver/connection.h"
#include "floe/native/system_host.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"
#include "loop_runner.h"
#include "recording_log.h"

namespace floe::native {
namespace {

const TransportAddress kMapped{IpAddress::v4(192, 0, 2, 7), 40000};

/// Says to everybody that a NAT is between them; or, with an error code, nothing but that.
class StunServer final : private DatagramListener {
 public:
  explicit StunServer(SystemHost& host, std::uint16_t error = 0) : error_(error) {
    socket_ = host.udp_sockets().open_udp({IpAddress::loopback(Family::ipv4)}, *this);
    REQUIRE(test::run_until(host.loop(), [&] { return local_.port != 0; }));
  }

  std::string uri(const char* host_name) const {
    return std::string("stun:") + host_name + ":" + std::to_string(local_.port);
  }
  int asked = 0;

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override { local_ = local; }
  void on_socket_failed(DatagramSocket&, BindError) override { FAIL("no socket"); }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    const auto request = stun::MessageView::parse(datagram.payload);
    REQUIRE(request);
    ++asked;
    std::array<std::uint8_t, 128> buffer;
    stun::MessageBuilder answer(buffer, error_ == 0 ? stun::Class::success : stun::Class::error,
                                stun::Method::binding, request->transaction_id());
    if (error_ == 0) {
      answer.add(stun::XorMappedAddress{kMapped});
    } else {
      answer.add(stun::ErrorCode{error_, "not today"});
    }
    socket_->send(datagram.remote, answer.finish().value());
  }

  std::uint16_t error_;
  std::unique_ptr<UdpSocket> socket_;
  TransportAddress local_;
};

/// A host, and a connection on it that asks the servers it is given.
struct Gathering {
  static SystemHostOptions host_options(LogSink& log) {
    SystemHostOptions options;
    options.only_addresses = {IpAddress::loopback(Family::ipv4)};
    options.log = &log;
    return options;
  }

  void make(const std::vector<std::string>& servers) {
    ConnectionOptions options;
    for (const std::string& uri : servers) options.gather.servers.push_back(*parse_server_uri(uri));
    connection.emplace(host.api(), options);
    connection->on_candidate_error = [this](const GatheringError& error) {
      errors.push_back(std::string(error.url) + " " + std::to_string(error.code));
    };
  }
  void gather() {
    connection->start();
    REQUIRE(test::run_until(host.loop(), [&] {
      return connection->agent().gathering_state() == ice::GatheringState::complete;
    }));
  }
  List<ice::Candidate> reflexive() const {
    auto candidates = connection->agent().local_candidates();
    candidates.erase_if([](const ice::Candidate& candidate) {
      return candidate.type != ice::CandidateType::server_reflexive;
    });
    return candidates;
  }

  test::RecordingLog log;
  SystemHost host{host_options(log)};
  std::optional<Connection> connection;
  std::vector<std::string> errors;
};

}  // namespace

TEST_CASE("a STUN server's answer becomes a candidate, whether it has a name or an address",
          "[native][stun]") {
  Gathering agent;
  StunServer server(agent.host);
  for (const char* name : {"localhost", "127.0.0.1"}) {
    agent.make({server.uri(name)});
    agent.gather();
    REQUIRE(agent.reflexive().size() == 1);
    CHECK(agent.reflexive().front().address == kMapped);
  }
  CHECK(server.asked == 2);
}

TEST_CASE("servers that give no address are reported with their URL, and the others go on",
          "[native][stun]") {
  Gathering agent;
  StunServer refusing(agent.host, 400);
  StunServer answering(agent.host);
  const std::string nowhere = "stun:nobody.invalid";
  agent.make({refusing.uri("127.0.0.1"), nowhere, answering.uri("127.0.0.1")});
  agent.gather();
  std::ranges::sort(agent.errors);
  CHECK(agent.errors ==
        std::vector<std::string>{refusing.uri("127.0.0.1") + " 400", nowhere + " 701"});
  CHECK(agent.reflexive().size() == 1);
}

TEST_CASE("a gathering error that nobody listens to is logged", "[native][stun]") {
  Gathering agent;
  agent.make({"stuns:127.0.0.1"});
  agent.connection->on_candidate_error = nullptr;
  agent.gather();
  REQUIRE_FALSE(agent.log.lines.empty());
  CHECK(agent.log.lines.front().starts_with("warning ice no candidate from stuns:127.0.0.1: "));
}

}  // namespace floe::native
