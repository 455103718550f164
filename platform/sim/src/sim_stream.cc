#include "sim_stream.h"

#include <algorithm>
#include <utility>

namespace floe::sim {

SimHost::SimStream::SimStream(SimHost& host, const TransportAddress& local, StreamPath path)
    : HostAlarm(host.sleep_, host.ground_.alarms),
      host_(host),
      local_(local),
      path_(std::move(path)) {
  host_.streams_.push_back(this);
}

SimHost::SimStream::~SimStream() {
  if (destroyed_ != nullptr) *destroyed_ = true;
  std::erase(host_.streams_, this);
  if (other_ == nullptr) return;
  other_->other_ = nullptr;
  other_->expect(arrival(), What::closed, {}, "the other end closed the connection");
}

void SimHost::SimStream::connect(const TransportAddress& remote,
                                 const std::optional<TlsClient>& tls) {
  remote_ = remote;
  tls_ = tls;
  switch (path_.end()) {
    case StreamPath::End::host: {
      // TCP's first packet; with TLS a round trip more before the server's side is done.
      const int trips = tls ? 3 : 1;
      return expect(host_.now() + trips * path_.draw_delay(host_.ground_.traffic.random()),
                    What::arrive_at_server);
    }
    case StreamPath::End::no_route:
      return expect(host_.now(), What::closed, {}, "there is no route to the server");
    case StreamPath::End::silence:
      return expect(host_.now() + kStreamConnectTimeout, What::closed, {},
                    "the server does not answer");
  }
}

std::string_view SimHost::SimStream::problem_at(const StreamService* service) const {
  if (service == nullptr) return "connection refused";
  if (!tls_) return service->tls_name.empty() ? "" : "the server closed the connection";
  if (service->tls_name.empty()) return "the server does not speak TLS on this port";
  return service->tls_name == tls_->server_name
             ? ""
             : "the server's certificate is not valid for the name that was asked for";
}

void SimHost::SimStream::arrive_at_server() {
  auto& server = static_cast<SimHost&>(path_.last().node());
  const StreamService* service = server.find_service(remote_);
  const std::string_view problem = problem_at(service);
  if (!problem.empty()) return expect(arrival(), What::closed, {}, problem);
  auto end = std::make_unique<SimStream>(server, remote_, path_);
  end->state_ = State::open;
  end->other_ = this;
  other_ = end.get();
  expect(arrival(), What::connected);
  StreamListener& listener = service->acceptor->accept(std::move(end), path_.seen_source());
  if (other_ != nullptr) other_->set_listener(listener);  // it did not refuse by destroying it
}

bool SimHost::SimStream::send(Bytes bytes) {
  if (state_ != State::open || host_.is_asleep()) return false;
  if (other_ == nullptr) return true;  // to somebody who has gone, which is not known here yet
  if (bytes.size() > kStreamBacklogMax - other_->bytes_expected_) return false;
  other_->expect(arrival(), What::bytes, bytes);
  return true;
}

Timestamp SimHost::SimStream::arrival() {
  return host_.now() + path_.draw_delay(host_.ground_.traffic.random());
}

void SimHost::SimStream::expect(Timestamp at, What what, Bytes bytes, std::string_view reason) {
  if (!events_.empty()) at = std::max(at, events_.back().at);
  events_.push_back({at, what, ByteVector(bytes.begin(), bytes.end()), std::string(reason)});
  bytes_expected_ += bytes.size();
  if (events_.size() == 1) rouse();
}

void SimHost::SimStream::rouse() {
  if (!events_.empty()) set(std::max(events_.front().at, host_.now()));
}

void SimHost::SimStream::on_due() {
  const bool crosses_path = path_.end() == StreamPath::End::host;
  if (crosses_path && !path_.is_up()) {
    if (stalled_since_ == kNever) stalled_since_ = host_.now();
    if (host_.now() - stalled_since_ >= kStreamPatience) {
      return close("the connection timed out");
    }
    return set(host_.now() + kStreamRetransmission);
  }
  stalled_since_ = kNever;
  while (!events_.empty() && events_.front().at <= host_.now()) {
    const Event event = std::move(events_.front());
    events_.pop_front();
    bytes_expected_ -= event.bytes.size();
    if (!happen(event)) return;
  }
  rouse();
}

/// False: this is gone, or over.
bool SimHost::SimStream::happen(const Event& event) {
  bool destroyed = false;
  destroyed_ = &destroyed;
  switch (event.what) {
    case What::arrive_at_server:
      arrive_at_server();
      break;
    case What::connected:
      state_ = State::open;
      host_.ground_.trace.note(host_.now(), host_.name(), "stream to " + remote_.to_text());
      listener_->on_stream_connected(local_);
      break;
    case What::bytes:
      listener_->on_stream_bytes(event.bytes);
      break;
    case What::closed:
      close(event.reason);
      return false;
  }
  if (destroyed) return false;
  destroyed_ = nullptr;
  return true;
}

void SimHost::SimStream::fail(std::string_view reason) {
  if (state_ != State::closed) close(reason);
}

void SimHost::SimStream::close(std::string_view reason) {
  state_ = State::closed;
  stop();
  events_.clear();
  bytes_expected_ = 0;
  if (other_ != nullptr) {
    other_->other_ = nullptr;
    std::exchange(other_, nullptr)->expect(arrival(), What::closed, {}, "the connection was lost");
  }
  destroyed_ = nullptr;
  host_.ground_.trace.note(host_.now(), host_.name(), reason);
  // The listener may destroy this.
  listener_->on_stream_closed(std::string(reason));
}

// What a host has of it ---------------------------------------------------------------------------

void SimHost::listen(const TransportAddress& local, StreamAcceptor& acceptor,
                     std::string tls_name) {
  stop_listening(local);
  services_.push_back({local, &acceptor, std::move(tls_name)});
}

void SimHost::stop_listening(const TransportAddress& local) {
  std::erase_if(services_, [&](const StreamService& service) { return service.local == local; });
}

const SimHost::StreamService* SimHost::find_service(const TransportAddress& local) const {
  const auto place = std::ranges::find(services_, local, &StreamService::local);
  return place == services_.end() ? nullptr : &*place;
}

std::unique_ptr<StreamSocket> SimHost::connect(const TransportAddress& remote,
                                               const std::optional<TlsClient>& tls,
                                               StreamListener& listener) {
  if (++last_stream_port_ == 0) last_stream_port_ = 49152;
  TransportAddress source{IpAddress::any(remote.ip.family()), last_stream_port_};
  Interface* const out = interface_towards(remote.ip);
  StreamPath path;
  if (out != nullptr) {
    source.ip = *std::ranges::find(out->addresses(), remote.ip.family(), &IpAddress::family);
    path = StreamPath::find(out->attachment_, source, remote);
  } else {
    path = StreamPath::nowhere();
  }
  auto stream = std::make_unique<SimStream>(*this, source, std::move(path));
  stream->set_listener(listener);
  stream->connect(remote, tls);
  return stream;
}

void SimHost::fail_homeless_streams() {
  const auto is_homeless = [&](const SimStream* stream) {
    return stream->is_alive() && !has_address(stream->local().ip);
  };
  // Whoever hears of it may open and close streams.
  for (;;) {
    const auto place = std::ranges::find_if(streams_, is_homeless);
    if (place == streams_.end()) return;
    (*place)->fail("this host has lost its address");
  }
}

}  // namespace floe::sim
