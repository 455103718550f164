// A TURN server as a machine: bytes choose who asks for what and how it is signed, what the host
// answers, what peers send, and how time passes. Nobody is sent to who must not be, relays are
// those of allocations, and who did not sign rightly has none.
#include <array>
#include <map>
#include <optional>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/sim/seeded_random.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/long_term_authenticator.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/channel_data.h"
#include "floe/turn/stream_framing.h"
#include "floe/turn/understands.h"
#include "floe/turn_server/channel_table.h"
#include "floe/turn_server/server.h"
#include "fuzzed_input.h"
#include "invariant.h"
#include "long_term_key.h"

using namespace floe;
using namespace floe::turn;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

constexpr std::size_t kAllocationsMax = 6;
const IpAddress kDenied = IpAddress::v4(10, 0, 0, 1);
const IpAddress kOwn = IpAddress::v4(198, 51, 100, 1);

class OneUser final : public stun::Accounts {
 public:
  std::optional<std::string> password_of(std::string_view username) const override {
    if (username != "alice" && username != "bob") return std::nullopt;
    return "secret";
  }
};

class Machine final : private ServerHost, private PeerPolicy {
 public:
  explicit Machine(FuzzedInput& input) : input_(input) {
    ServerConfig config;
    config.relays = {{kOwn, kOwn}};
    if (input.flag()) config.relays.push_back({*IpAddress::parse("2001:db8::1"), IpAddress()});
    config.ports = {50000, 50007};
    config.allocations_max = kAllocationsMax;
    config.allocations_per_user_max = kAllocationsMax - 1;
    config.binding.software = "floe";
    server_.emplace(ServerParts{*this, random_, *this, door_, door_}, config);
  }

  void step() {
    switch (input_.below(8)) {
      case 0:
        return any_message();
      case 1:
      case 2:
      case 3:
        return request();
      case 4:
        return indication();
      case 5:
        return host_answers();
      case 6:
        return peer_sends();
      default:
        return time_passes();
    }
  }

 private:
  ClientPath path() {
    const auto transport = input_.below(8) == 0 ? Transport::tcp : Transport::udp;
    return {{IpAddress::v4(192, 0, 2, static_cast<std::uint8_t>(input_.below(3))), 5000},
            {kOwn, 3478},
            transport,
            0};
  }
  TransportAddress peer() {
    switch (input_.below(5)) {
      case 0:
        return {kDenied, input_.u16()};
      case 1:
        return {kOwn, static_cast<std::uint16_t>(50000 + input_.below(8))};
      case 2:
        return {*IpAddress::parse("2001:db8::9"), input_.u16()};
      default:
        return {IpAddress::v4(203, 0, 113, static_cast<std::uint8_t>(input_.below(3))), 1000};
    }
  }
  std::uint16_t channel() { return static_cast<std::uint16_t>(0x3fff + input_.below(5)); }

  void any_message() {
    path_ = path();
    const Bytes bytes = input_.bytes(input_.u8());
    StreamReassembler frames(kStreamFrameSizeMax, kServedChannelMax);
    frames.append(bytes);
    while (frames.next()) {
    }
    hand_in(bytes);
  }

  void request() {
    constexpr stun::Method kMethods[] = {stun::Method::allocate, stun::Method::refresh,
                                         stun::Method::create_permission,
                                         stun::Method::channel_bind, stun::Method::binding};
    path_ = path();
    const stun::Method method = kMethods[input_.below(std::size(kMethods))];
    std::array<std::uint8_t, 1024> buffer;
    stun::MessageBuilder builder(buffer, stun::Class::request, method, {input_.u8()});
    add_attributes(builder, method);
    const char* user = input_.flag() ? "alice" : "bob";
    is_signed_ = input_.below(4) != 0;
    if (is_signed_) {
      builder.add(stun::Username{user}).add(stun::Realm{"example.org"}).add(stun::Nonce{nonce_});
      const ByteVector key =
          stun::long_term_key(crypto_, stun::PasswordHash::md5, user, "example.org", "secret");
      builder.add_message_integrity(*crypto_.hmac_sha1(key));
    }
    if (const auto bytes = builder.finish()) hand_in(*bytes);
    is_signed_ = false;
  }

  void add_attributes(stun::MessageBuilder& builder, stun::Method method) {
    if (method == stun::Method::allocate && input_.below(8) != 0) {
      builder.add(RequestedTransport{});
    }
    for (std::size_t count = input_.below(4); count > 0; --count) {
      switch (input_.below(9)) {
        case 0:
          builder.add(Lifetime{input_.u16()});
          break;
        case 1:
          builder.add(EvenPort{input_.flag()});
          break;
        case 2:
          builder.add(token_);
          break;
        case 3:
          builder.add(RequestedAddressFamily{input_.flag() ? Family::ipv4 : Family::ipv6});
          break;
        case 4:
          builder.add(AdditionalAddressFamily{});
          break;
        case 5:
          builder.add(ChannelNumber{channel()});
          break;
        case 6:
          builder.add(DontFragment{});
          break;
        default:
          builder.add(XorPeerAddress{peer()});
          break;
      }
    }
    if (method == stun::Method::channel_bind) builder.add(ChannelNumber{channel()});
  }

  void indication() {
    path_ = path();
    std::array<std::uint8_t, 512> buffer;
    if (input_.flag()) {
      ByteWriter out(buffer);
      ChannelData{channel(), input_.bytes(input_.u8())}.write(out, input_.flag());
      return hand_in(out.written());
    }
    stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::send, {});
    builder.add(XorPeerAddress{peer()}).add(Data{input_.bytes(input_.u8())});
    hand_in(*builder.finish());
  }

  void hand_in(Bytes bytes) {
    size_ = bytes.size();
    const std::size_t before = server_->allocation_count();
    server_->handle_client_message(now_, path_, bytes);
    expect(is_signed_ || server_->allocation_count() <= before, "a stranger allocated");
    size_ = 0;
    check();
  }

  void host_answers() {
    if (relays_.empty()) return;
    auto relay = relays_.begin();
    std::advance(relay, static_cast<std::ptrdiff_t>(input_.below(relays_.size())));
    const RelayId id = relay->first;
    if (relay->second || input_.flag()) {
      relay->second = false;
      server_->on_relay_failed(now_, id,
                               input_.flag() ? RelayFailure::port_in_use : RelayFailure::no_socket);
    } else {
      relay->second = true;
      server_->on_relay_opened(now_, id);
    }
    check();
  }

  void peer_sends() {
    const RelayId id{static_cast<std::uint32_t>(input_.below(8))};
    server_->handle_peer_datagram(now_, id, peer(), input_.bytes(input_.u8()));
  }

  void time_passes() {
    if (input_.below(8) == 0) server_->handle_tcp_closed(now_, path());
    now_ += std::chrono::seconds(input_.u8() * 4u);
    server_->handle_timeout(now_);
    expect(server_->deadline() > now_, "a deadline that was handled is still due");
    check();
  }

  void check() const {
    expect(server_->allocation_count() <= kAllocationsMax, "more allocations than may be");
    expect(relays_.size() <= 2 * kAllocationsMax, "more relays than allocations have");
    if (server_->allocation_count() == 0)
      expect(server_->deadline() == kNever || !relays_.empty(), "a deadline of nothing");
  }

  void send_to_client(const ClientPath& path, Bytes message) override {
    if ((message[0] & 0xc0) != 0) return;
    auto read = stun::MessageView::parse(message, understands);
    // An RFC 3489 client gets its transaction ID back, which has no magic cookie.
    if (!read) read = stun::MessageView::parse_rfc3489(message, understands);
    expect(read.has_value(), "the server writes what is no STUN");
    if (read->message_class() == stun::Class::indication) return;
    if (path == path_ && size_ > 0 && !is_stream(path.transport) && !read->has_integrity()) {
      expect(message.size() + 28 <= stun::kAmplificationMax * (size_ + 28), "an amplifier");
    }
    if (const auto nonce = read->get<stun::Nonce>()) nonce_ = nonce->text;
    if (const auto token = read->get<ReservationToken>()) token_ = *token;
  }
  void send_to_peer(RelayId relay, const TransportAddress& peer, Bytes) override {
    expect(relays_.contains(relay) && relays_.at(relay), "data from a socket that is not open");
    expect(peer.ip != kDenied, "data to whom the policy denies");
  }
  void open_relay(RelayId relay, const TransportAddress&) override {
    expect(relays_.emplace(relay, false).second, "a relay was opened twice");
  }
  void close_relay(RelayId relay) override {
    expect(relays_.erase(relay) == 1, "a relay was closed twice");
  }
  bool admits(const IpAddress& ip) const override { return ip != kDenied; }
  bool allows(const TransportAddress& peer) const override { return peer.ip != kDenied; }

  FuzzedInput& input_;
  Timestamp now_{1h};
  MbedtlsCrypto crypto_;
  sim::SeededRandom random_{1};
  OneUser users_;
  stun::LongTermAuthenticator door_{
      crypto_, users_, {.realm = "example.org"}, as_bytes("0123456789abcdef")};
  std::map<RelayId, bool> relays_;  // whether it is open
  std::string nonce_ = "none";
  ReservationToken token_;
  ClientPath path_;
  std::size_t size_ = 0;
  bool is_signed_ = false;
  std::optional<Server> server_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Machine machine(input);
  for (int steps = 0; steps < 200 && !input.at_end(); ++steps) machine.step();
  return 0;
}
