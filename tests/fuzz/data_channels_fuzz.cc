// Two ends with data channels, and a network and an application in the hands of the fuzzer; the
// other end is an SCTP association that sends what it likes. Channels are told in order, each is
// over once, and nothing is kept beyond the limits.
#include <deque>
#include <set>

#include "floe/channels/channels.h"
#include "floe/sim/seeded_random.h"
#include "fuzzed_input.h"
#include "invariant.h"

using namespace floe;
using namespace floe::channels;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

constexpr std::size_t kUnderWayMax = 64;

class Machine {
 public:
  explicit Machine(FuzzedInput& input) : input_(input) {
    (void)channels_.connect(now_);
    (void)peer_.connect(now_);
    for (int i = 0; i < 8; ++i) exchange();
  }

  void step() {
    switch (input_.below(10)) {
      case 0:
        now_ += Duration(1ms) * input_.u8();
        channels_.handle_timeout(now_);
        peer_.handle_timeout(now_);
        break;
      case 1:
        channels_.handle_packet(now_, input_.bytes(input_.u8()));
        break;
      case 2:
        open();
        break;
      case 3:
        (void)channels_.send(now_, id(), MessageKind::binary, input_.bytes(input_.u8()));
        break;
      case 4:
        channels_.close_channel(now_, id());
        break;
      case 5:
        (void)peer_.reset(now_, {id()});
        break;
      case 6:
        if (input_.below(16) == 0) channels_.close(now_);
        break;
      case 7:
        lose();
        break;
      default:
        send_as_peer();
    }
    exchange();
  }

 private:
  ChannelId id() { return ChannelId(static_cast<std::uint16_t>(input_.below(8))); }

  void open() {
    ChannelOptions options{.label = std::string(input_.u8(), 'x')};
    options.delivery.ordered = input_.flag();
    if (input_.flag()) options.delivery.retransmissions_max = input_.u8();
    if (input_.flag()) options.negotiated = id();
    (void)channels_.open(now_, options);
  }

  void send_as_peer() {
    const sctp::PayloadProtocol protocol(
        input_.flag() ? 50u : 50u + static_cast<std::uint32_t>(input_.below(8)));
    (void)peer_.send(now_, id(), protocol, input_.bytes(input_.u8()), {});
  }

  void lose() {
    if (!to_channels_.empty()) to_channels_.pop_front();
    if (!to_peer_.empty()) to_peer_.pop_front();
  }

  void exchange() {
    collect();
    while (auto output = peer_.poll_output()) {
      auto* packet = std::get_if<sctp::Transmit>(&*output);
      if (packet && to_channels_.size() < kUnderWayMax) {
        to_channels_.push_back(std::move(packet->packet));
      }
    }
    if (!to_channels_.empty()) {
      channels_.handle_packet(now_, to_channels_.front());
      to_channels_.pop_front();
    }
    if (!to_peer_.empty()) {
      peer_.handle_packet(now_, to_peer_.front());
      to_peer_.pop_front();
    }
    collect();
  }

  void collect() {
    while (auto output = channels_.poll_output()) {
      expect(!over_, "an output after the end");
      if (auto* packet = std::get_if<Transmit>(&*output)) {
        if (to_peer_.size() < kUnderWayMax) to_peer_.push_back(std::move(packet->packet));
      } else if (const auto* opened = std::get_if<ChannelOpened>(&*output)) {
        expect(open_.insert(opened->channel).second, "a channel that is open opens");
        expect(open_.size() <= kChannelsMax, "more channels than the limit");
      } else if (const auto* message = std::get_if<MessageReceived>(&*output)) {
        expect(message->bytes.size() <= sctp::kMessageSizeMax, "a message beyond the limit");
      } else if (const auto* closed = std::get_if<ChannelClosed>(&*output)) {
        open_.erase(closed->channel);
      } else if (std::holds_alternative<Ended>(*output)) {
        over_ = true;
      }
    }
    if (over_) expect(channels_.deadline() == kNever, "a deadline after the end");
  }

  FuzzedInput& input_;
  Timestamp now_{1h};
  sim::SeededRandom random_{1};
  sim::SeededRandom peer_random_{2};
  Channels channels_{Side::dtls_client, {}, 0, random_};
  sctp::Association peer_{{}, peer_random_};
  std::deque<ByteVector> to_channels_;
  std::deque<ByteVector> to_peer_;
  std::set<ChannelId> open_;
  bool over_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Machine machine(input);
  while (!input.at_end()) machine.step();
  return 0;
}
