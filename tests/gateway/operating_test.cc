// How a gateway is run: its end, its descriptors, its log, and its metrics' page.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include "descriptor_budget.h"
#include "drain.h"
#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"
#include "gateway_log.h"
#include "metric_page.h"
#include "service_manager.h"
#include "temporary_directory.h"

using namespace floe;
using namespace floe::gateway;
using namespace std::chrono_literals;

namespace {

/// Timers that fire when the test says so.
class HandTimers final : public Timers {
 public:
  std::unique_ptr<Timer> create(TimerListener& listener) override {
    listener_ = &listener;
    return std::make_unique<HandTimer>(*this);
  }
  Timestamp armed_for() const { return armed_for_; }
  void fire() { listener_->handle_timeout(std::exchange(armed_for_, kNever)); }

 private:
  class HandTimer final : public Timer {
   public:
    explicit HandTimer(HandTimers& owner) : owner_(owner) {}
    void arm(Timestamp when) override { owner_.armed_for_ = when; }

   private:
    HandTimers& owner_;
  };

  TimerListener* listener_ = nullptr;
  Timestamp armed_for_ = kNever;
};

constexpr Timestamp kDrainStart{1000s};

}  // namespace

TEST_CASE("a drain ends when the last client has gone", "[gateway]") {
  HandTimers timers;
  bool empty = false;
  int ended = 0;
  Drain drain(
      timers, [&] { return empty; }, [&] { ++ended; });
  CHECK_FALSE(drain.has_begun());
  drain.begin(kDrainStart, 30s);
  CHECK(drain.has_begun());
  timers.fire();
  CHECK(ended == 0);
  empty = true;
  timers.fire();
  CHECK(ended == 1);
  CHECK(timers.armed_for() == kNever);
}

TEST_CASE("a drain ends when its time is over, though clients stay", "[gateway]") {
  HandTimers timers;
  int ended = 0;
  Drain drain(
      timers, [] { return false; }, [&] { ++ended; });
  drain.begin(kDrainStart, 250ms);
  for (int times = 0; times < 5 && timers.armed_for() != kNever; ++times) {
    CHECK(timers.armed_for() <= kDrainStart + 250ms);
    timers.fire();
  }
  CHECK(ended == 1);
}

TEST_CASE("a drain without time ends at once", "[gateway]") {
  HandTimers timers;
  int ended = 0;
  Drain drain(
      timers, [] { return false; }, [&] { ++ended; });
  drain.begin(kDrainStart, 0s);
  CHECK(ended == 1);
}

TEST_CASE("with enough descriptors the options are the limits", "[gateway]") {
  GatewayOptions options;
  options.turn.listen = {*TransportAddress::parse("127.0.0.1:3478")};
  const DescriptorBudget budget(options, 100'000);
  CHECK(budget.refusal().empty());
  CHECK(budget.cuts().empty());
  CHECK(budget.sessions() == options.sessions_max);
  CHECK(budget.sockets() == options.sockets_max);
  CHECK(budget.allocations() == options.turn.allocations_max);
}

TEST_CASE("with few descriptors all have less, and a reserve is kept back", "[gateway]") {
  GatewayOptions options;
  options.turn.listen = {*TransportAddress::parse("127.0.0.1:3478")};
  options.operating.admin = TransportAddress::parse("127.0.0.1:0");
  options.sessions_max = 20;
  constexpr std::size_t kDescriptors = 300;
  const DescriptorBudget budget(options, kDescriptors);
  CHECK(budget.refusal().empty());
  CHECK(budget.sessions() == 20);
  CHECK(budget.sockets() > 20);
  CHECK(budget.allocations() > 5);
  const std::size_t used = budget.connections() + budget.sockets() + 3 * budget.allocations();
  CHECK(used <= kDescriptors - DescriptorBudget::kReserve - DescriptorBudget::kAdminConnections);
  CHECK(budget.cuts().find("sockets instead of 4000") != std::string::npos);
}

TEST_CASE("a client of TLS takes three descriptors, and a handshake one", "[gateway]") {
  GatewayOptions options;
  options.tls.certificate_file = "chain.pem";
  options.tls.key_file = "key.pem";
  constexpr std::size_t kDescriptors = 1000;
  const DescriptorBudget budget(options, kDescriptors);
  CHECK(budget.sessions() > 50);
  CHECK(budget.handshakes() > 50);
  const std::size_t used = 3 * budget.connections() + budget.sockets() + budget.handshakes();
  CHECK(used <= kDescriptors - DescriptorBudget::kReserve);
}

TEST_CASE("with next to no descriptors a gateway does not start", "[gateway]") {
  CHECK_FALSE(DescriptorBudget(GatewayOptions(), 40).refusal().empty());
  CHECK_FALSE(DescriptorBudget(GatewayOptions(), 0).refusal().empty());
  GatewayOptions many;
  many.workers = 64;
  CHECK(DescriptorBudget(GatewayOptions(), 1000).refusal().empty());
  CHECK_FALSE(DescriptorBudget(many, 1000).refusal().empty());
}

TEST_CASE("there are no more allocations than ports", "[gateway]") {
  GatewayOptions options;
  options.turn.listen = {*TransportAddress::parse("127.0.0.1:3478")};
  options.turn.ports = {50'000, 50'009};
  CHECK(DescriptorBudget(options, 100'000).allocations() == 10);
}

TEST_CASE("a log line in JSON stays one line, whatever it quotes", "[gateway]") {
  CHECK(json_log_line("2026-01-31T12:34:56.789Z", LogLevel::warning, "gateway", "a \"b\"\r\nc") ==
        R"({"time":"2026-01-31T12:34:56.789Z","level":"warning","area":"gateway",)"
        R"("text":"a \"b\"\r\nc"})");
  const std::string longest = json_log_line("", LogLevel::info, "", std::string(100'000, 'x'));
  CHECK(longest.size() < 2 * GatewayLog::kTextMax);
}

TEST_CASE("metrics of one name stand together under one help", "[gateway]") {
  MetricPage page;
  page.counter("a_total", "What a is", 1, {{"way", "out"}});
  page.gauge("b", "What b is", 2.5);
  page.counter("a_total", "What a is", 3, {{"way", "in"}});
  CHECK(page.text() ==
        "# HELP a_total What a is\n# TYPE a_total counter\na_total{way=\"out\"} 1\n"
        "a_total{way=\"in\"} 3\n# HELP b What b is\n# TYPE b gauge\nb 2.5\n");
}

TEST_CASE("the service manager hears of readiness, of reloads, and of a live loop", "[gateway]") {
  const native::test::TemporaryDirectory directory;
  const std::string path = (directory.path() / "notify").string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const native::UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0));
  REQUIRE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const auto heard = [&] {
    std::array<char, 256> buffer;
    const ssize_t size = ::recv(fd.get(), buffer.data(), buffer.size(), 0);
    return size < 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(size));
  };
  setenv("NOTIFY_SOCKET", path.c_str(), 1);
  setenv("WATCHDOG_USEC", "20000", 1);
  native::Loop loop;
  ServiceManager manager(loop);
  unsetenv("NOTIFY_SOCKET");
  unsetenv("WATCHDOG_USEC");
  CHECK(heard().empty());
  manager.say_ready();
  CHECK(heard() == "READY=1\n");
  for (int times = 0; times < 2; ++times) {
    std::string said;
    for (int passes = 0; passes < 10 && said.empty(); ++passes) {
      loop.run_once(1s);
      said = heard();
    }
    CHECK(said == "WATCHDOG=1\n");
  }
  manager.say_reloading();
  CHECK(heard().starts_with("RELOADING=1\nMONOTONIC_USEC="));
  manager.say_stopping(2s);
  CHECK(heard() == "STOPPING=1\nEXTEND_TIMEOUT_USEC=2000000\n");
}
