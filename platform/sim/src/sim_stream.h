// One end of a stream between simulated hosts.
#pragma once

#include <deque>
#include <string>

#include "floe/sim/host_streams.h"

namespace floe::sim {

/// The coming events of an end wait in it, in order, until their time has come and its host is
/// awake. Each end points to the other until one of them is gone.
class SimStream final : public StreamSocket, private HostAlarm {
 public:
  /// `host` and `streams` must outlive the stream.
  SimStream(HostState& host, HostStreams& streams, const TransportAddress& local, StreamPath path);
  ~SimStream() override;

  bool send(Bytes bytes) override;

  void set_listener(StreamListener& listener) { listener_ = &listener; }
  const TransportAddress& local() const { return local_; }
  bool is_alive() const { return state_ != State::closed; }
  /// The client's end begins to connect.
  void connect(const TransportAddress& remote, const std::optional<TlsClient>& tls);
  /// The host lost its address.
  void fail(std::string_view reason);

 private:
  enum class State : std::uint8_t { connecting, open, closed };
  enum class What : std::uint8_t { arrive_at_server, connected, bytes, closed };
  struct Event {
    Timestamp at;
    What what;
    ByteVector bytes;
    std::string reason;
  };

  void on_due() override;
  bool happen(const Event& event);
  void arrive_at_server();
  /// Adds an event for this end; it comes after all events that already wait.
  void expect(Timestamp at, What what, Bytes bytes = {}, std::string_view reason = {});
  void rouse();
  void close(std::string_view reason);
  Timestamp arrival();
  std::string_view problem_at(const StreamService* service) const;

  HostState& host_;
  HostStreams& streams_;
  StreamListener* listener_ = nullptr;
  TransportAddress local_;
  TransportAddress remote_;
  std::optional<TlsClient> tls_;
  StreamPath path_;
  SimStream* other_ = nullptr;
  State state_ = State::connecting;
  std::deque<Event> events_;
  std::size_t bytes_expected_ = 0;  // in events_
  Timestamp stalled_since_ = kNever;
  bool* destroyed_ = nullptr;  // set while a listener may destroy this
};

}  // namespace floe::sim
