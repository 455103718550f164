// A host on poll(), for UDP over IPv4: what a port to another system needs before two agents meet.
// platform/README.md goes through its parts, and main.cc uses it.
#pragma once

#include <arpa/inet.h>
#include <floe/conformance/host_check.h>
#include <floe/crypto/mbedtls_crypto.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

using namespace floe;
using namespace std::chrono_literals;

/// The one address of this host.
inline const IpAddress kAddress = IpAddress::loopback(Family::ipv4);

struct MyClock final : Clock {
  Timestamp now() const override {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return Timestamp(std::chrono::seconds(time.tv_sec) + time.tv_nsec / 1000 * 1us);
  }
};

struct MyRandom final : RandomSource {
  void fill(MutableBytes out) override {
    while (!out.empty()) {
      const ssize_t count = getrandom(out.data(), out.size(), 0);
      if (count > 0) out = out.subspan(static_cast<std::size_t>(count));
    }
  }
};

struct MyLog final : LogSink {
  void log(LogLevel, std::string_view area, std::string_view text) override {
    std::fprintf(stderr, "%s: %s\n", std::string(area).c_str(), std::string(text).c_str());
  }
};

/// The timers or the sockets of a loop. One that is destroyed becomes null, so a listener may
/// destroy any of them while the loop goes through the list.
template <class Entry>
struct Entries : std::vector<Entry*> {
  void forget(Entry* gone) {
    for (Entry*& entry : *this) entry = entry == gone ? nullptr : entry;
  }
};

struct MyTimer final : Timer {
  MyTimer(Entries<MyTimer>& timers, TimerListener& told) : all(timers), listener(told) {
    all.push_back(this);
  }
  ~MyTimer() override { all.forget(this); }
  void arm(Timestamp asked) override { when = asked; }

  Entries<MyTimer>& all;
  TimerListener& listener;
  Timestamp when = kNever;
};

/// An address as the system writes it.
struct PosixAddress {
  PosixAddress() = default;
  explicit PosixAddress(const TransportAddress& address) {
    in.sin_family = AF_INET;
    in.sin_port = htons(address.port);
    std::memcpy(&in.sin_addr, address.ip.bytes().data(), 4);
  }
  TransportAddress address() const {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&in.sin_addr);
    return {*IpAddress::from_bytes({bytes, 4}), ntohs(in.sin_port)};
  }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&in); }

  sockaddr_in in{};
  socklen_t size = sizeof in;
};

struct MySocket final : DatagramSocket {
  MySocket(Entries<MySocket>& sockets, const BindRequest& request, DatagramListener& told)
      : all(sockets), listener(told), fd(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    all.push_back(this);
    error = request.ip == kAddress ? EADDRINUSE : EADDRNOTAVAIL;
    for (std::uint32_t port = request.port_min; port <= request.port_max; ++port) {
      if (error != EADDRINUSE) break;
      PosixAddress at({request.ip, static_cast<std::uint16_t>(port)});
      error = bind(fd, at.get(), at.size) == 0 ? 0 : errno;
      getsockname(fd, at.get(), &at.size);
      local = at.address();
    }
  }
  ~MySocket() override {
    all.forget(this);
    close(fd);
  }

  SendStatus send(const TransportAddress& to, Bytes payload) override {
    if (!is_bound || !to.ip.is_ipv4()) return SendStatus::failed;
    PosixAddress at(to);
    const ssize_t sent = sendto(fd, payload.data(), payload.size(), 0, at.get(), at.size);
    if (sent >= 0) return SendStatus::sent;
    if (errno == EMSGSIZE) return SendStatus::too_large;
    return errno == EAGAIN ? SendStatus::dropped : SendStatus::failed;
  }

  /// From the loop, because the listener must not hear the result from inside open().
  void tell_result() {
    is_told = true;
    is_bound = error == 0;
    if (is_bound) return listener.on_bound(*this, local);
    listener.on_socket_failed(
        *this, error == EADDRINUSE ? BindError::address_in_use : BindError::address_not_available);
  }

  Entries<MySocket>& all;
  DatagramListener& listener;
  int fd;
  int error;  // of bind()
  TransportAddress local;
  bool is_told = false;
  bool is_bound = false;
};

/// The host with its loop. A program that does not check it needs no HostUnderTest.
class MyHost final : public conformance::HostUnderTest, Timers, DatagramSockets, NetworkMonitor {
 public:
  Host api() override { return {clock_, *this, *this, *this, random_, crypto_, log_}; }
  IpAddress address() override { return kAddress; }
  void run_for(Duration span) override {
    for (const Timestamp end = clock_.now() + span; clock_.now() < end;) run_once(end);
  }

 private:
  std::unique_ptr<Timer> create(TimerListener& listener) override {
    return std::make_unique<MyTimer>(timers_, listener);
  }
  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override {
    return std::make_unique<MySocket>(sockets_, request, listener);
  }
  // Addresses that never change need no listeners.
  std::optional<std::vector<InterfaceAddress>> addresses() const override {
    return std::vector<InterfaceAddress>{{kAddress, "lo"}};
  }
  void add_listener(NetworkListener&) override {}
  void remove_listener(NetworkListener&) override {}

  void run_once(Timestamp until) {
    std::erase(timers_, nullptr);
    std::erase(sockets_, nullptr);
    for (const MyTimer* timer : timers_) until = std::min(until, timer->when);
    std::vector<pollfd> ready;
    for (const MySocket* socket : sockets_) {
      if (!socket->is_told) until = clock_.now();
      ready.push_back({socket->is_bound ? socket->fd : -1, POLLIN, 0});
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(until - clock_.now());
    poll(ready.data(), ready.size(), static_cast<int>(std::max(wait, 0ms).count()));

    for (std::size_t i = 0; i < ready.size(); ++i) {
      if (sockets_[i] != nullptr && !sockets_[i]->is_told) sockets_[i]->tell_result();
      if (ready[i].revents != 0) receive(i);
    }
    // A timer that a listener creates meanwhile waits for the next pass.
    const std::size_t count = timers_.size();
    const Timestamp now = clock_.now();
    for (std::size_t i = 0; i < count; ++i) {
      if (timers_[i] == nullptr || timers_[i]->when > now) continue;
      timers_[i]->when = kNever;
      timers_[i]->listener.handle_timeout(now);
    }
  }

  /// Not more than a few datagrams, so that a busy socket does not hold up the others.
  void receive(std::size_t i) {
    for (int tries = 0; tries < 16 && sockets_[i] != nullptr; ++tries) {
      MySocket& socket = *sockets_[i];
      PosixAddress from;
      const ssize_t count =
          recvfrom(socket.fd, buffer_.data(), buffer_.size(), 0, from.get(), &from.size);
      if (count < 0) return;
      const Bytes payload = Bytes(buffer_).first(static_cast<std::size_t>(count));
      socket.listener.on_datagram(socket, {socket.local, from.address(), payload});
    }
  }

  MyClock clock_;
  MyRandom random_;
  MbedtlsCrypto crypto_;
  MyLog log_;
  Entries<MyTimer> timers_;
  Entries<MySocket> sockets_;
  std::array<std::uint8_t, kMaxDatagramSize> buffer_;
};
