#include "driver/fake_host.h"

#include <algorithm>

namespace floe::testing {

class FakeHost::FakeTimer final : public Timer {
 public:
  FakeTimer(FakeHost& host, TimerListener& listener) : host_(host), listener_(listener) {
    host_.timers_.push_back(this);
  }
  ~FakeTimer() override { std::erase(host_.timers_, this); }

  void arm(Timestamp when) override { when_ = when; }
  Timestamp when() const { return when_; }
  void fire(Timestamp now) {
    when_ = kNever;
    listener_.handle_timeout(now);
  }

 private:
  FakeHost& host_;
  TimerListener& listener_;
  Timestamp when_ = kNever;
};

class FakeHost::FakeSocket final : public DatagramSocket {
 public:
  FakeSocket(FakeHost& host, const IpAddress& ip, DatagramListener& told)
      : listener(told), local{ip, 0}, host_(host) {
    host_.sockets_.push_back(this);
  }
  ~FakeSocket() override { std::erase(host_.sockets_, this); }

  SendStatus send(const TransportAddress& to, Bytes payload) override {
    if (local.port == 0 || is_dead || host_.refuses_sends) return SendStatus::failed;
    host_.sent_.push_back({local, to, ByteVector(payload.begin(), payload.end())});
    return SendStatus::sent;
  }

  DatagramListener& listener;
  TransportAddress local;  // port 0: being opened
  bool is_dead = false;

 private:
  FakeHost& host_;
};

class FakeHost::FakeResolution final : public Resolution {
 public:
  FakeResolution(FakeHost& host, std::string_view asked, ResolveListener& told)
      : name(asked), listener(told), host_(host) {
    host_.resolutions_.push_back(this);
  }
  ~FakeResolution() override { std::erase(host_.resolutions_, this); }

  std::string name;
  ResolveListener& listener;

 private:
  FakeHost& host_;
};

// Network ---------------------------------------------------------------------------------------

void FakeHost::set_addresses(std::initializer_list<const char*> ips) {
  addresses_.emplace();
  for (const char* ip : ips) addresses_->push_back({*IpAddress::parse(ip), "fake0"});
  const auto listeners = listeners_;
  for (NetworkListener* listener : listeners) listener->on_network_changed();
}

std::size_t FakeHost::opening_count(const char* ip) const {
  const IpAddress wanted = *IpAddress::parse(ip);
  return static_cast<std::size_t>(std::ranges::count_if(sockets_, [&](const FakeSocket* socket) {
    return socket->local.ip == wanted && socket->local.port == 0 && !socket->is_dead;
  }));
}

void FakeHost::bind_all() {
  for (;;) {
    const auto opening = std::ranges::find_if(sockets_, [](const FakeSocket* socket) {
      return socket->local.port == 0 && !socket->is_dead;
    });
    if (opening == sockets_.end()) return;
    FakeSocket& socket = **opening;
    socket.local.port = next_port_++;
    const TransportAddress local = socket.local;
    socket.listener.on_bound(socket, local);
  }
}

void FakeHost::fail(const char* ip, BindError error) {
  const IpAddress wanted = *IpAddress::parse(ip);
  for (;;) {
    const auto alive = std::ranges::find_if(sockets_, [&](const FakeSocket* socket) {
      return socket->local.ip == wanted && !socket->is_dead;
    });
    if (alive == sockets_.end()) return;
    (*alive)->is_dead = true;
    (*alive)->listener.on_socket_failed(**alive, error);
  }
}

void FakeHost::deliver(const TransportAddress& local, const TransportAddress& remote,
                       Bytes payload) {
  const auto place = std::ranges::find(sockets_, local, &FakeSocket::local);
  if (place == sockets_.end() || (*place)->is_dead) return;
  (*place)->listener.on_datagram(**place, {local, remote, payload});
}

std::vector<TransportAddress> FakeHost::bound() const {
  std::vector<TransportAddress> addresses;
  for (const FakeSocket* socket : sockets_) {
    if (socket->local.port != 0 && !socket->is_dead) addresses.push_back(socket->local);
  }
  return addresses;
}

std::unique_ptr<DatagramSocket> FakeHost::open(const BindRequest& request,
                                               DatagramListener& listener) {
  bind_requests_.push_back(request);
  return std::make_unique<FakeSocket>(*this, request.ip, listener);
}

// Names -----------------------------------------------------------------------------------------

std::unique_ptr<Resolution> FakeHost::resolve(std::string_view host_name,
                                              ResolveListener& listener) {
  return std::make_unique<FakeResolution>(*this, host_name, listener);
}

std::vector<std::string> FakeHost::asked_names() const {
  std::vector<std::string> names;
  for (const FakeResolution* resolution : resolutions_) names.push_back(resolution->name);
  return names;
}

void FakeHost::resolve(const std::string& name, const std::vector<IpAddress>& ips,
                       const std::string& error) {
  const auto questions = resolutions_;
  for (FakeResolution* question : questions) {
    const bool is_open = std::ranges::find(resolutions_, question) != resolutions_.end();
    if (is_open && question->name == name) question->listener.on_resolved(ips, error);
  }
}

// Time ------------------------------------------------------------------------------------------

std::unique_ptr<Timer> FakeHost::create(TimerListener& listener) {
  return std::make_unique<FakeTimer>(*this, listener);
}

void FakeHost::run_for(Duration duration) {
  const Timestamp end = now_ + duration;
  for (;;) {
    const auto next = std::ranges::min_element(timers_, {}, &FakeTimer::when);
    if (next == timers_.end() || (*next)->when() > end) break;
    now_ = std::max(now_, (*next)->when());
    (*next)->fire(now_);
  }
  now_ = end;
}

std::size_t FakeHost::armed_timers() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      timers_, [](const FakeTimer* timer) { return timer->when() != kNever; }));
}

void FakeHost::log(LogLevel, std::string_view area, std::string_view text) {
  std::string line(area);
  line += ": ";
  line += text;
  log_lines_.push_back(std::move(line));
}

}  // namespace floe::testing
