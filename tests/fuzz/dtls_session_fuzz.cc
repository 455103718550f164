// Two ends of DTLS, and a network in the hands of the fuzzer: it delivers, keeps, doubles, damages
// and makes up datagrams, and lets time pass. Nobody is secured with a stranger, each end is over
// once, and a handshake never outlives its limit.
#include <deque>
#include <memory>
#include <optional>

#include "floe/dtls/session.h"
#include "floe/sim/seeded_random.h"
#include "fuzzed_input.h"
#include "invariant.h"

using namespace floe;
using namespace floe::dtls;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

constexpr std::size_t kUnderWayMax = 64;

Certificate make_certificate(std::uint64_t seed) {
  sim::SeededRandom random(seed);
  const std::chrono::sys_seconds from{std::chrono::seconds(1'800'000'000)};
  return *Certificate::generate(random, {from, from + std::chrono::hours(24)});
}

const Certificate& certificate_of(Role role) {
  static const Certificate client = make_certificate(1);
  static const Certificate server = make_certificate(2);
  return role == Role::client ? client : server;
}

Role other(Role role) {
  return role == Role::client ? Role::server : Role::client;
}

class End {
 public:
  End(Role role, FuzzedInput& input) : role_(role), random_(role == Role::client ? 3u : 4u) {
    Options options{.role = role, .mtu = kMtuMin + input.u8() * 4u, .round_trip = 20ms};
    if (input.flag()) options.srtp_profiles = {SrtpProfile::aes128_cm_hmac_sha1_80};
    if (input.flag()) options.stranger = {192, 0, 2, 1};
    mtu_ = options.mtu;
    session_.emplace(certificate_of(role), options, random_);
  }

  Session& session() { return *session_; }
  std::deque<ByteVector>& under_way() { return under_way_; }

  void collect(Timestamp now) {
    while (auto output = session_->poll_output()) {
      expect(!over_, "an output after the last one");
      if (auto* transmit = std::get_if<Transmit>(&*output)) {
        expect(transmit->datagram.size() <= mtu_, "a datagram beyond the MTU");
        if (under_way_.size() < kUnderWayMax) under_way_.push_back(std::move(transmit->datagram));
      } else if (auto* secured = std::get_if<Secured>(&*output)) {
        expect(secured->peer == certificate_of(other(role_)).fingerprint(), "a stranger");
        secured_ = true;
      } else if (std::holds_alternative<DataReceived>(*output)) {
        expect(secured_, "data before the handshake is done");
      } else {
        over_ = true;
      }
    }
    expect(session_->deadline() == kNever || session_->deadline() <= now + kHandshakeTimeMax,
           "a deadline beyond the handshake");
    if (over_) expect(session_->deadline() == kNever, "a deadline after the end");
  }

 private:
  Role role_;
  sim::SeededRandom random_;
  std::size_t mtu_;
  std::optional<Session> session_;
  std::deque<ByteVector> under_way_;
  bool secured_ = false;
  bool over_ = false;
};

class Machine {
 public:
  explicit Machine(FuzzedInput& input)
      : input_(input), client_(Role::client, input), server_(Role::server, input) {}

  void step() {
    const bool to_client = input_.flag();
    End& to = to_client ? client_ : server_;
    End& from = to_client ? server_ : client_;
    switch (input_.below(8)) {
      case 0:
        introduce(to, from);
        break;
      case 1:
        now_ += Duration(1ms) * input_.u16();
        to.session().handle_timeout(now_);
        break;
      case 2:
        to.session().send(now_, input_.bytes(input_.u8()));
        break;
      case 3:
        to.session().handle_datagram(now_, input_.bytes(input_.u8() * 4u));
        break;
      case 4:
        if (input_.below(8) == 0) to.session().close(now_);
        break;
      default:
        deliver(to, from);
    }
    client_.collect(now_);
    server_.collect(now_);
  }

 private:
  void introduce(End& to, End& from) {
    const Role role = &from == &client_ ? Role::client : Role::server;
    to.session().set_peer_fingerprints(now_, {certificate_of(role).fingerprint()});
    to.session().start(now_);
  }

  void deliver(End& to, End& from) {
    auto& under_way = from.under_way();
    const bool in_order = input_.flag();
    if (under_way.empty()) return;
    const std::size_t index = in_order ? 0 : input_.below(under_way.size());
    ByteVector datagram = under_way[index];
    if (in_order || input_.flag()) {
      under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(index));
    }
    if (!in_order && input_.flag()) {
      datagram[input_.u16() % datagram.size()] ^= input_.u8();
      datagram.resize(datagram.size() - input_.below(datagram.size() < 4 ? 1 : 4));
    }
    to.session().handle_datagram(now_, datagram);
  }

  FuzzedInput& input_;
  Timestamp now_{1h};
  End client_;
  End server_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Machine machine(input);
  while (!input.at_end()) machine.step();
  return 0;
}
