// A BehaviorDiscovery and a network that does anything: answers from anywhere, with any addresses
// in them, any bytes, its own requests, and time that passes. It always comes to an end within its
// limits, and what it reports hangs together.
#include <array>
#include <optional>

#include "floe/nat/behavior_discovery.h"
#include "floe/sim/seeded_random.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"
#include "fuzzed_input.h"
#include "invariant.h"

using namespace floe;
using namespace floe::nat;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

const TransportAddress kServer = *TransportAddress::parse("198.51.100.1:3478");
const TransportAddress kLocal = *TransportAddress::parse("10.0.0.1:50000");

/// Of each phase, all that can be sent: two questions, five times each.
constexpr int kSendsMax = 6 * 2 * kProbeSendCount;

class Machine {
 public:
  explicit Machine(FuzzedInput& input) : input_(input) { discovery_.start(now_); }

  void run() {
    drain();
    while (!discovery_.finished()) {
      if (!input_.at_end() && input_.flag()) {
        receive();
      } else {
        expect(discovery_.deadline() != kNever, "it waits for nothing");
        now_ = std::max(now_, discovery_.deadline());
        discovery_.handle_timeout(now_);
        expect(discovery_.finished() || discovery_.deadline() > now_, "time stands still");
      }
      drain();
    }
    check(discovery_.report());
  }

 private:
  void drain() {
    while (auto output = discovery_.poll_output()) {
      expect(++sends_ <= kSendsMax, "it sends for ever");
      expect(output->bytes.size() <= 64, "a question that is long");
      last_ = std::move(output);
    }
  }

  TransportAddress address() {
    const std::uint8_t choice = input_.u8();
    if (choice % 8 == 0) return kLocal;
    const std::uint16_t port = (choice & 64) != 0 ? kServer.port : std::uint16_t{3479};
    if (choice % 8 == 7) return {IpAddress::loopback(Family::ipv6), port};
    return {IpAddress::v4(198, 51, 100, static_cast<std::uint8_t>(choice % 4)), port};
  }

  void receive() {
    const auto socket = input_.flag() ? ProbeSocket::main : ProbeSocket::second;
    const TransportAddress from = input_.flag() ? last_->to : address();
    std::array<std::uint8_t, 256> buffer;
    switch (input_.below(4)) {
      case 0:
        return discovery_.handle_datagram(now_, socket, from, input_.bytes(input_.u8()));
      case 1:
        return discovery_.handle_datagram(now_, socket, from, last_->bytes);
      default:
        return discovery_.handle_datagram(now_, socket, from, response(buffer));
    }
  }

  Bytes response(MutableBytes buffer) {
    stun::TransactionId id;
    std::copy_n(last_->bytes.begin() + 8, id.size(), id.begin());
    const bool is_error = input_.below(8) == 0;
    stun::MessageBuilder builder(buffer, is_error ? stun::Class::error : stun::Class::success,
                                 stun::Method::binding, id);
    if (is_error) builder.add(stun::ErrorCode{420, {}});
    if (input_.flag()) builder.add(stun::XorMappedAddress{address()});
    if (input_.flag()) builder.add(stun::MappedAddress{address()});
    if (input_.flag()) builder.add(stun::OtherAddress{address()});
    return *builder.finish();
  }

  static void check(const BehaviorReport& report) {
    expect(report.connectivity != Connectivity::unknown, "it ended and knows nothing");
    const bool works = report.connectivity == Connectivity::works;
    expect(works == report.mapped.has_value(), "a mapped address without an answer");
    expect(works || report.mapping == Mapping::unknown, "a mapping of nothing");
    expect(report.filtering == Filtering::unknown || report.other, "a filter without another");
    expect((report.mapping == Mapping::no_nat) == (works && *report.mapped == report.local),
           "a NAT that is none, or none that is one");
    expect(to_text(classic_type(report)) != "?", "a type without a name");
    expect(!describe(report).empty(), "nothing to say");
  }

  FuzzedInput& input_;
  sim::SeededRandom random_{1};
  BehaviorDiscovery discovery_{{kServer, kLocal}, random_};
  Timestamp now_{1h};
  std::optional<Transmit> last_;
  int sends_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Machine(input).run();
  return 0;
}
