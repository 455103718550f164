// A server session that is driven by the input: messages, datagrams, time, a channel that fills up.
//
// The host checks that what it is asked to do is what it must be: sockets are opened and closed in
// pairs, nothing is sent that the policy was not asked about, messages are well-formed, memory is
// bounded, and after close() there is silence.
//
// Some messages are raw, others are records that are valid by themselves. The target counts the
// records of each kind, both ways.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

#include "entrances.h"
#include "floe/tunnel/records/parse_record.h"
#include "floe/tunnel/records/record_reader.h"
#include "floe/tunnel/server/server_session.h"
#include "fuzzed_records.h"
#include "tunnel/message_buffer.h"

using namespace floe;
using namespace floe::tunnel;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// Counted in arrays, since maps are slow; named when the process ends.
class RecordCounts {
 public:
  using Counts = std::array<std::uint64_t, kRecordTraits.size()>;

  ~RecordCounts() {
    fuzz::Entrances entrances;
    for (std::size_t type = 0; type < kRecordTraits.size(); ++type) {
      const auto traits = kRecordTraits[type];
      if (!traits) continue;
      // Of the records that both may send the server has its own.
      if (traits->sender != Sender::server) tell(entrances, "up", type, up[type]);
      const bool is_said =
          traits->sender != Sender::client && type != static_cast<std::size_t>(RecordType::ping);
      if (is_said) tell(entrances, "down", type, down[type]);
    }
  }

  Counts up{};
  Counts down{};

 private:
  static void tell(fuzz::Entrances& entrances, const char* way, std::size_t type,
                   std::uint64_t count) {
    std::array<char, 16> name{};
    (void)std::snprintf(name.data(), name.size(), "%s_0x%02x", way, static_cast<unsigned>(type));
    entrances.set(name.data(), count);
  }
};

RecordCounts& counts() {
  static RecordCounts counts;
  return counts;
}

TransportAddress peer(std::uint8_t n) {
  return {IpAddress::v4(198, 51, 100, n), 5000};
}

struct Connection {
  bool open = false;
  bool reading = true;
  std::size_t unread = 0;  // by the network, of what was sent
};

class FuzzHost final : public ServerHost, public Policy, private MessageSink {
 public:
  MessageBuffer channel{*this};
  bool full = false;
  bool deny = false;
  bool closed = false;
  std::set<SocketId> sockets;
  std::set<LookupId> lookups;
  std::map<TcpId, Connection> connections;

  bool send_message(Bytes message) override {
    require(!closed && !message.empty() && message.size() <= kMaxMessageSize);
    if (full) return false;
    RecordReader reader{message};
    while (const auto record = reader.next()) {
      require(record->has_value());
      require(traits_of(reader.record_type())->sender != Sender::client);
      ++counts().down[reader.record_type()];
    }
    require(reader.unknown_records() == 0);
    return true;
  }
  Result<Admission, AdmissionRefusal> admit(const Hello& hello,
                                            const SessionLimits& defaults) override {
    if (!hello.token.empty() && hello.token[0] == 'x') return AdmissionRefusal{};
    return Admission{7, defaults, {}};
  }
  void open_socket(SocketId socket, const BindRequest&) override {
    require(!closed && sockets.insert(socket).second && sockets.size() <= 8);
  }
  void close_socket(SocketId socket) override { require(!closed && sockets.erase(socket) == 1); }
  SendStatus send_datagram(SocketId socket, const TransportAddress& to, Bytes payload) override {
    require(!closed && sockets.count(socket) == 1 && allowed_ == to);
    allowed_.reset();
    return static_cast<SendStatus>(payload.size() % 4);
  }
  void resolve(LookupId lookup, LookupFamily, std::string_view name) override {
    require(!closed && !name.empty() && name.size() <= kMaxNameSize);
    require(lookups.insert(lookup).second && lookups.size() <= kMaxLookups);
  }
  void open_tcp(TcpId id, const TcpRequest& request) override {
    require(!closed && allowed_ == request.remote && request.kind != TcpKind::ice);
    require(connections.try_emplace(id).second && connections.size() <= 4);
    allowed_.reset();
  }
  void close_tcp(TcpId id) override { require(!closed && connections.erase(id) == 1); }
  void send_tcp(TcpId id, Bytes data) override {
    Connection& connection = connections.at(id);
    connection.unread += data.size();
    require(!closed && connection.open && !data.empty() && connection.unread <= kTcpWindow);
  }
  void set_tcp_reading(TcpId id, bool reading) override {
    Connection& connection = connections.at(id);
    require(!closed && connection.reading != reading);
    connection.reading = reading;
  }
  void close(std::uint16_t code, std::string_view reason) override {
    require(!closed && code >= 4000 && !reason.empty() && sockets.empty());
    require(connections.empty());
    closed = true;
  }

  FlowVerdict allow(Timestamp, const Flow& flow) override {
    require(!closed);
    allowed_.reset();
    if (flow.direction == Direction::outbound && !deny) allowed_ = flow.remote;
    return {!deny, DenyReason::consent};
  }
  PeerPermission permission(Timestamp, SocketId, const TransportAddress&) override {
    return {PermissionState::open, {}, kUnlimited};
  }

 private:
  std::optional<TransportAddress> allowed_;
};

class Driver {
 public:
  explicit Driver(Bytes input) : in_(input) {}

  void run() {
    if (in_.u8() % 2 == 0) greet();
    while (!in_.at_end() && !host_.closed) step();
    session_.flush(now_);
    session_.close(ErrorCode::going_away, "");
    require(host_.closed && host_.sockets.empty() && host_.connections.empty() &&
            session_.deadline() == kNever);
    session_.handle_message(now_, {});
    session_.sockets().handle_datagram(now_, SocketId{1}, {});
    session_.flush(now_);
  }

 private:
  void greet() {
    std::array<std::uint8_t, 64> buffer;
    ByteWriter out{buffer};
    write_record(out, Hello{1, 1, kServerCapabilities, {}});
    say(out.written());
    require(!session_.is_closed());
  }

  /// A message of the client.
  void say(Bytes message) {
    RecordReader reader{message};
    while (const auto raw = reader.next_raw()) {
      const auto note = [&](const auto&) { ++counts().up[reader.record_type()]; };
      if (!*raw || parse_any(**raw, note)) break;
    }
    session_.handle_message(now_, message);
  }

  void step() {
    const std::uint8_t what = in_.u8();
    // No socket has the number 15.
    if (what >= kSaysRecord) return say(fuzz::fuzzed_record(what % fuzz::kRecordKinds, in_));
    const SocketId socket{static_cast<std::uint16_t>(what >> 4)};
    switch (what % 15) {
      case 0:
      case 1:
        return say(in_.bytes(in_.u16()));
      case 2:
        return in(socket, in_.bytes(in_.u8()));
      case 3:
        return in(socket, ByteVector(in_.u16(), 0));
      case 4:
        if (host_.sockets.count(socket) == 1)
          session_.sockets().handle_bound(socket, peer(1), peer(2));
        return;
      case 5:
        if (host_.sockets.erase(socket) == 1)
          session_.sockets().handle_socket_failed(socket, BindError::limit);
        return;
      case 6:
        host_.full = !host_.full;
        return;
      case 7:
        host_.full = false;
        return session_.handle_writable(now_);
      case 8:
        return session_.flush(now_);
      case 9:
        now_ += std::chrono::milliseconds(in_.u16());
        return session_.handle_timeout(now_);
      case 10:
        host_.deny = !host_.deny;
        return session_.sockets().handle_permission(socket, peer(in_.u8()),
                                                    {PermissionState::denied, {}, {}});
      case 11:
        return session_.go_away(std::chrono::seconds(1), std::chrono::seconds(9));
      case 12:
        return resolved();
      case 13:
        return move_connection(what >> 4);
      case 14:
        return end_connection(what >> 4);
    }
  }

  /// TCP opens, reads, or gets rid of what was sent.
  void move_connection(int how) {
    if (host_.connections.empty()) return;
    auto& [id, connection] = *host_.connections.begin();
    const TcpId connection_id = id;
    if (!connection.open) {
      connection.open = true;
      return session_.connections().handle_opened(connection_id, peer(3));
    }
    if (how % 2 == 0) {
      connection.unread = 0;
      return session_.connections().handle_drained(connection_id);
    }
    if (connection.reading)
      session_.connections().handle_bytes(connection_id, ByteVector(1 + in_.u16(), 7));
  }

  void end_connection(int reason) {
    if (host_.connections.empty()) return;
    const TcpId id = host_.connections.begin()->first;
    host_.connections.erase(id);
    session_.connections().handle_closed(
        id, static_cast<TcpCloseReason>(reason % kTcpCloseReasonCount));
  }

  void resolved() {
    if (host_.lookups.empty()) return;
    const LookupId lookup = *host_.lookups.begin();
    host_.lookups.erase(lookup);
    const std::vector<IpAddress> addresses(in_.u8() % 20, peer(in_.u8()).ip);
    session_.lookups().handle_resolved(
        lookup, static_cast<LookupStatus>(in_.u8() % kLookupStatusCount), addresses);
  }

  void in(SocketId socket, Bytes payload) {
    session_.sockets().handle_datagram(now_, socket, {peer(in_.u8() % 4), peer(in_.u8()), payload});
  }

  static constexpr std::uint8_t kSaysRecord = 0xf0;

  fuzz::FuzzedInput in_;
  Timestamp now_{std::chrono::seconds(1)};
  FuzzHost host_;
  ServerSession session_{now_, host_.channel, host_, host_, SessionLimits{}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Driver{Bytes{data, size}}.run();
  return 0;
}
