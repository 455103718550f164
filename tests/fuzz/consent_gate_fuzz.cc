// A ConsentGate between a client and peers that the input plays: bytes choose who sends what, and
// when.
//
// A slow model beside it says what must hold: nothing but STUN leaves to a peer that has not
// answered a check of the last 30 s, no peer without consent gets more answers than it asked for or
// three times its bytes, requests keep their rate, and few new peers are asked in a minute.
#include <deque>
#include <map>

#include "floe/consent/consent_gate.h"
#include "floe/consent/gate_limits.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"
#include "fuzzed_input.h"
#include "invariant.h"

using namespace floe;
using namespace floe::consent;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;
using stun::Class;
using stun::Method;

namespace {

constexpr std::array kMethods = {Method::binding, Method::binding, Method::allocate,
                                 Method::refresh, Method::channel_bind};

/// What the model knows about a peer.
struct Known {
  Timestamp consent_until{};
  Timestamp relay_until{};
  std::size_t came = 0;      // bytes of requests
  std::size_t answered = 0;  // bytes of answers while without consent
};

class Machine {
 public:
  explicit Machine(Bytes bytes) : in_(bytes) {}

  void run() {
    while (!in_.at_end()) step();
    while (const auto change = gate_.next_change(now_)) (void)change;
    expect(gate_.deadline() > now_, "a change is left");
  }

 private:
  void step() {
    const std::uint8_t what = in_.u8();
    const TransportAddress peer = choose_peer();
    switch (what % 8) {
      case 0:
        now_ += std::chrono::milliseconds(in_.u16());
        return;
      case 1:
        return send(peer, make_message());
      case 2:
        return receive(peer, make_message());
      case 3:
        return send(peer, raw());
      case 4:
        return receive(peer, raw());
      case 5:
        return answer_last(peer);
      case 6:
        return send_many(in_.u8() % 64);
      case 7:
        if (const auto change = gate_.next_change(now_)) (void)gate_.consent_left(now_, *change);
        return;
    }
  }

  TransportAddress choose_peer() {
    const std::uint8_t which = in_.u8();
    return {IpAddress::v4(198, 51, 100, static_cast<std::uint8_t>(which / 16)),
            static_cast<std::uint16_t>(5000 + which % 16)};
  }

  ByteVector raw() {
    const Bytes bytes = in_.bytes(in_.u8());
    return {bytes.begin(), bytes.end()};
  }

  /// A message of which each part may be missing.
  ByteVector make_message() {
    const std::uint8_t parts = in_.u8();
    const auto of = static_cast<Class>(parts & 3);
    const Method method = kMethods[in_.below(kMethods.size())];
    return message(of, method, in_.u8(), parts >> 2);
  }
  ByteVector message(Class of, Method method, std::uint32_t number, int parts) {
    stun::TransactionId id{};
    for (std::size_t i = 0; i < 4; ++i) id[i] = static_cast<std::uint8_t>(number >> 8 * i);
    ByteVector buffer(2000);
    stun::MessageBuilder out(buffer, of, method, id);
    if ((parts & 1) != 0) out.add(stun::Username{"a:b"});
    if ((parts & 2) != 0) out.add(stun::Software{std::string_view(kLong).substr(0, in_.u8())});
    if ((parts & 4) != 0) out.add_message_integrity(*key_);
    if ((parts & 8) != 0) out.add_fingerprint();
    const Bytes written = out.finish().value();
    return {written.begin(), written.end()};
  }
  static constexpr int kWhole = 1 | 4 | 8;

  /// What a real peer would do.
  void answer_last(const TransportAddress& peer) {
    const auto found = last_sent_.find(peer);
    if (found == last_sent_.end()) return;
    ByteVector answer = found->second;
    answer[0] |= 1;  // a success response
    const auto request = stun::MessageView::parse(found->second);
    if (!request || request->method() != Method::binding) return receive(peer, answer);
    receive(peer, message(Class::success, Method::binding, number_of(found->second), 4 | 8));
  }
  static std::uint32_t number_of(Bytes message) {
    return message[8] | static_cast<std::uint32_t>(message[9]) << 8 |
           static_cast<std::uint32_t>(message[10]) << 16;
  }

  void send_many(std::uint8_t count) {
    for (unsigned i = 0; i < count; ++i) {
      const TransportAddress peer{IpAddress::v4(203, 0, 113, 7),
                                  static_cast<std::uint16_t>(++last_port_)};
      send(peer, message(Class::request, Method::binding, 0x10000u + last_port_, kWhole));
    }
  }

  void send(const TransportAddress& to, const ByteVector& payload) {
    Known& known = known_[to];
    const bool is_open = now_ < known.consent_until;
    const bool is_relay = now_ < known.relay_until;
    if (gate_.outbound(now_, to, payload) != Verdict::pass) return;
    if (is_open) return note_sent(to, payload);
    const auto message = stun::MessageView::parse(payload);
    if (!message) {
      expect(is_relay && !payload.empty() && payload[0] >= 0x40 && payload[0] < 0x80,
             "data left without consent");
      return;
    }
    if (is_relay) return note_sent(to, payload);
    if (message->is_request()) {
      note_request(to, payload);
      return note_sent(to, payload);
    }
    expect(message->is_response(), "an indication left without consent");
    known.answered += payload.size();
    expect(known.answered <= kAnswerFactor * known.came, "amplification");
  }

  void note_request(const TransportAddress& to, const ByteVector& payload) {
    expect(payload.size() <= kRequestSizeMax, "a long request");
    sent_at_.push_back(now_);
    while (now_ - sent_at_.front() >= 1s) sent_at_.pop_front();
    expect(sent_at_.size() <= kRequestsPerSecond + kRequestsBurst, "too many requests");
    // Of those that are asked again within a minute the first time counts.
    if (const auto [entry, is_new] = asked_.try_emplace(to, now_); !is_new) {
      if (now_ - entry->second < 1min) return;
      entry->second = now_;
    }
    asked_times_.push_back(now_);
    while (now_ - asked_times_.front() >= 1min) asked_times_.pop_front();
    expect(asked_times_.size() <= kUnverifiedPeersPerMinute, "too many new peers");
  }

  void note_sent(const TransportAddress& to, const ByteVector& payload) {
    const auto message = stun::MessageView::parse(payload);
    if (!message || !message->is_request()) return;
    last_sent_[to] = payload;
    sent_[{to, message->transaction_id()}] |= message->method() != Method::binding;
  }

  void receive(const TransportAddress& from, const ByteVector& payload) {
    Known& known = known_[from];
    const Verdict verdict = gate_.inbound(now_, from, payload);
    const auto message = stun::MessageView::parse(payload);
    if (verdict == Verdict::pass && message && message->is_request()) {
      known.came += payload.size();
    }
    if (verdict != Verdict::pass || !message || !message->is_response()) return;
    const auto request = sent_.find({from, message->transaction_id()});
    if (request == sent_.end()) return;
    // The model takes every such answer for consent; the gate may be stricter.
    if (message->message_class() == Class::success) known.consent_until = now_ + kConsentLasts;
    if (request->second) known.relay_until = now_ + kRelayConsentLasts;
  }

  static constexpr char kLong[] =
      "a name of a program that is so long that with it an answer may be three times as long as "
      "the request that it answers, which nobody may send to a peer that has not consented to it";

  FuzzedInput in_;
  Timestamp now_{std::chrono::seconds(1)};
  MbedtlsCrypto crypto_;
  std::unique_ptr<HmacSha1> key_ = crypto_.hmac_sha1(as_bytes("password"));
  ScanWatch scans_{{1, 2}};
  ConsentGate gate_{{3, 4}, scans_};
  std::map<TransportAddress, Known> known_;
  std::map<TransportAddress, ByteVector> last_sent_;
  std::map<std::pair<TransportAddress, stun::TransactionId>, bool> sent_;  // to a TURN server
  std::map<TransportAddress, Timestamp> asked_;
  std::deque<Timestamp> asked_times_;
  std::deque<Timestamp> sent_at_;
  std::uint16_t last_port_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Machine(Bytes(data, size)).run();
  return 0;
}
