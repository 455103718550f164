// The check of hosts: it finds nothing wrong with the simulated one, and each fault that is
// planted.
#include "floe/conformance/host_check.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "faulty_host.h"
#include "floe/sim/world.h"

namespace floe::testing {
namespace {

const IpAddress kAddress = IpAddress::v4(192, 0, 2, 1);

class SimUnderTest final : public conformance::HostUnderTest {
 public:
  explicit SimUnderTest(Fault fault)
      : faulty_(world_.add_host("host", {kAddress}, {}).api(), fault) {}
  Host api() override { return faulty_.api(); }
  void run_for(Duration span) override { world_.run_for(span); }
  IpAddress address() override { return kAddress; }

 private:
  sim::World world_{1};
  FaultyHost faulty_;
};

TEST_CASE("the simulated host keeps what platform/api promises", "[conformance]") {
  SimUnderTest host(Fault::none);
  CHECK(conformance::check_host(host) == std::vector<std::string>());
}

TEST_CASE("the check of hosts finds a fault in each interface", "[conformance]") {
  const auto [fault, sentence] = GENERATE(table<Fault, std::string>({
      {Fault::clock_goes_back, "Clock: the time never goes back."},
      {Fault::timer_rings_early,
       "Timer: handle_timeout() comes at the time that was asked for, or after it."},
      {Fault::timer_rings_inside_arm, "Timer: handle_timeout() never comes from inside arm()."},
      {Fault::timer_cannot_be_disarmed, "Timer: kNever disarms."},
      {Fault::timer_rings_after_another_destroyed_it,
       "Timer: one that is due can be destroyed from inside another's handle_timeout(), and does "
       "not ring."},
      {Fault::addresses_stay_unknown, "NetworkMonitor: the addresses become known."},
      {Fault::random_bytes_are_zeros, "RandomSource: two fills give different bytes."},
      {Fault::digest_is_wrong, "Crypto: md5() is that of RFC 1321."},
      {Fault::socket_is_bound_inside_open,
       "DatagramSockets: the listener hears nothing from inside open()."},
      {Fault::socket_takes_the_first_port_only,
       "DatagramSockets: while a port is taken, another of the range is bound."},
      {Fault::datagram_loses_its_last_byte, "DatagramSocket: a datagram arrives unchanged."},
      {Fault::datagram_is_cut_at_2048_bytes,
       "DatagramSocket: a datagram of kMaxDatagramSize, if it can be sent, arrives unchanged."},
      {Fault::datagram_has_another_source, "Datagram: `remote` is the sender's address."},
      {Fault::datagram_comes_inside_send,
       "DatagramSocket: on_datagram() never comes from inside send()."},
      {Fault::datagram_comes_after_another_destroyed_the_socket,
       "DatagramSocket: one that was destroyed from inside another's on_datagram() hears no more."},
      {Fault::name_is_answered_inside_resolve,
       "Resolver: on_resolved() never comes from inside resolve()."},
      {Fault::name_is_never_answered, "Resolver: a question is answered within 5 seconds."},
      {Fault::stream_is_closed_inside_connect,
       "StreamSockets: the listener hears nothing from inside connect()."},
      {Fault::stream_takes_bytes_early,
       "StreamSocket: send() takes nothing before it is connected."},
  }));
  SimUnderTest host(fault);
  const auto broken = conformance::check_host(host);
  CAPTURE(broken);
  CHECK(std::ranges::find(broken, sentence) != broken.end());
}

}  // namespace
}  // namespace floe::testing
