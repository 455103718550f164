#include "sim_stream.h"

#include <algorithm>
#include <utility>

#include "floe/sim/sim_host.h"

namespace floe::sim {

SimStream::SimStream(HostState& host, HostStreams& streams, const TransportAddress& local,
                     StreamPath path)
    : HostAlarm(host.sleep, host.ground.alarms),
      host_(host),
      streams_(streams),
      local_(local),
      path_(std::move(path)) {
  streams_.add(*this);
}

SimStream::~SimStream() {
  if (destroyed_ != nullptr) *destroyed_ = true;
  streams_.remove(*this);
  if (other_ == nullptr) return;
  other_->other_ = nullptr;
  other_->expect(arrival(), What::closed, {}, "the other end closed the connection");
}

void SimStream::connect(const TransportAddress& remote, const std::optional<TlsClient>& tls) {
  remote_ = remote;
  tls_ = tls;
  switch (path_.end()) {
    case StreamPath::End::host: {
      // TCP's first packet is one trip; TLS needs a round trip more until the server is done.
      const int trips = tls ? 3 : 1;
      return expect(host_.now() + trips * path_.draw_delay(host_.ground.traffic.random()),
                    What::arrive_at_server);
    }
    case StreamPath::End::no_route:
      return expect(host_.now(), What::closed, {}, "there is no route to the server");
    case StreamPath::End::silence:
      return expect(host_.now() + kStreamConnectTimeout, What::closed, {},
                    "the server does not answer");
  }
}

std::string_view SimStream::problem_at(const StreamService* service) const {
  if (service == nullptr) return "connection refused";
  if (!tls_) return service->tls_name.empty() ? "" : "the server closed the connection";
  if (service->tls_name.empty()) return "the server does not speak TLS on this port";
  return service->tls_name == tls_->server_name
             ? ""
             : "the server's certificate is not valid for the name that was asked for";
}

void SimStream::arrive_at_server() {
  HostStreams& server = static_cast<SimHost&>(path_.last().node()).streams();
  const StreamService* service = server.find_service(remote_);
  const std::string_view problem = problem_at(service);
  if (!problem.empty()) return expect(arrival(), What::closed, {}, problem);
  auto end = server.make_end(remote_, path_);
  end->state_ = State::open;
  end->other_ = this;
  other_ = end.get();
  expect(arrival(), What::connected);
  StreamListener& listener = service->acceptor->accept(std::move(end), path_.seen_source());
  if (other_ != nullptr) other_->set_listener(listener);  // it did not refuse by destroying it
}

bool SimStream::send(Bytes bytes) {
  if (state_ != State::open || host_.sleep.is_asleep()) return false;
  if (other_ == nullptr) return true;  // the other end is gone, but this end does not know it yet
  if (bytes.size() > kStreamBacklogMax - other_->bytes_expected_) return false;
  other_->expect(arrival(), What::bytes, bytes);
  return true;
}

Timestamp SimStream::arrival() {
  return host_.now() + path_.draw_delay(host_.ground.traffic.random());
}

void SimStream::expect(Timestamp at, What what, Bytes bytes, std::string_view reason) {
  if (!events_.empty()) at = std::max(at, events_.back().at);
  events_.push_back({at, what, ByteVector(bytes.begin(), bytes.end()), std::string(reason)});
  bytes_expected_ += bytes.size();
  if (events_.size() == 1) rouse();
}

void SimStream::rouse() {
  if (!events_.empty()) set(std::max(events_.front().at, host_.now()));
}

void SimStream::on_due() {
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

/// False when this stream is destroyed or closed.
bool SimStream::happen(const Event& event) {
  bool destroyed = false;
  destroyed_ = &destroyed;
  switch (event.what) {
    case What::arrive_at_server:
      arrive_at_server();
      break;
    case What::connected:
      state_ = State::open;
      host_.note("stream to " + remote_.to_text());
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

void SimStream::fail(std::string_view reason) {
  if (state_ != State::closed) close(reason);
}

void SimStream::close(std::string_view reason) {
  state_ = State::closed;
  stop();
  events_.clear();
  bytes_expected_ = 0;
  if (other_ != nullptr) {
    other_->other_ = nullptr;
    std::exchange(other_, nullptr)->expect(arrival(), What::closed, {}, "the connection was lost");
  }
  destroyed_ = nullptr;
  host_.note(reason);
  // The listener may destroy this.
  listener_->on_stream_closed(std::string(reason));
}

}  // namespace floe::sim
