#include "loop_udp_socket.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "floe/native/posix_address.h"
#include "icmp_queue.h"
#include "udp_binding.h"

namespace floe::native {
namespace {

// The kernel reports ICMP errors before datagrams. At most this many are read in one pass, so that
// a storm of them cannot hold up the loop.
constexpr int kReceiveTriesMax = 8;
constexpr std::size_t kMaxPayloadIpv6 = 65527;
// ICMP errors that are told in one pass; the others wait for the next.
constexpr int kErrorsMax = 8;

/// A pass ends with the call that reaches this, so that no socket holds up the others.
constexpr std::size_t kAnswerBytesMax = std::size_t{64} * 1024;

SendStatus to_send_status(int error) {
  if (is_queue_full(error)) return SendStatus::dropped;
  return error == EMSGSIZE ? SendStatus::too_large : SendStatus::failed;
}

}  // namespace

LoopUdpSocket::LoopUdpSocket(Loop& loop, UdpShared& shared, const BindRequest& request,
                             RandomSource& random, DatagramListener& listener)
    : loop_(loop),
      shared_(shared),
      listener_(listener),
      flood_(shared),
      stall_(loop, shared),
      has_full_buffer_(shared.full_buffers < shared.options.full_buffers_max),
      report_call_(loop, Deferred::When::after_callback, *this),
      flush_call_(loop, Deferred::When::end_of_pass, *this) {
  if (has_full_buffer_) ++shared_.full_buffers;
  Result<UniqueFd, BindError> bound =
      bind_udp(request, usual_buffer_bytes(), random, shared_.options.share_ports);
  if (bound) {
    fd_ = std::move(*bound);
    local_ = local_address_of(fd_.get()).value_or(TransportAddress{request.ip, 0});
  } else {
    error_ = bound.error();
  }
  report_call_.request();
}

LoopUdpSocket::~LoopUdpSocket() {
  if (shared_.delivering == this) shared_.delivering = nullptr;
  if (has_full_buffer_) --shared_.full_buffers;
  if (batch_) flush();  // datagrams that were sent before closing leave
}

void LoopUdpSocket::report_binding() {
  if (error_) {
    listener_.on_socket_failed(*this, *error_);
    return;
  }
  bound_ = true;
  watch_.emplace(loop_, fd_.get(), static_cast<WatchListener&>(*this));
  watch_->set_interest(reading_, false);
  listener_.on_bound(*this, local_);
}

void LoopUdpSocket::set_reading(bool reading) {
  reading_ = reading;
  if (reading) {
    stall_.resume();
  } else if (bound_) {
    flood_.on_paused(fd_.get());
    stall_.pause(fd_.get());
  }
  if (watch_) watch_->set_interest(reading, false);
}

int LoopUdpSocket::usual_buffer_bytes() const {
  const UdpOptions& options = shared_.options;
  return has_full_buffer_ ? options.receive_buffer_bytes : options.small_buffer_bytes;
}

void LoopUdpSocket::report_errors_to(IcmpListener& listener) {
  icmp_listener_ = &listener;
  if (fd_.is_open()) keep_icmp_errors(fd_.get(), local_.ip.family());
}

void LoopUdpSocket::report_errors() {
  bool was_any = true;
  for (int i = 0; i < kErrorsMax && was_any; ++i) {
    if (const auto error = take_icmp_error(fd_.get(), was_any)) {
      icmp_listener_->on_icmp_error(*error);
    }
  }
}

int LoopUdpSocket::receive() {
  for (int attempt = 0; attempt < kReceiveTriesMax; ++attempt) {
    ++shared_.statistics.receive_calls;
    const int count = shared_.received.receive(fd_.get(), flood_.messages_wanted());
    if (count >= 0) return count;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
    ++shared_.statistics.receive_errors;
  }
  return 0;
}

void LoopUdpSocket::on_ready(Readiness readiness) {
  if (readiness.error && icmp_listener_ != nullptr) report_errors();
  receive_answers();
}

// One call; and more while the socket gets less than it sent in its last pass, because else a relay
// of small datagrams sends more in each pass than it takes, and its buffer fills up.
void LoopUdpSocket::receive_answers() {
  UdpShared& shared = shared_;  // it outlives this socket, which the listener may destroy
  std::uint64_t datagrams = 0;
  std::size_t bytes = 0;
  bool goes_on = true;
  while (goes_on && datagrams <= sent_in_pass_ && bytes < kAnswerBytesMax) {
    const std::size_t wanted = flood_.messages_wanted();
    const auto count = static_cast<std::size_t>(receive());
    for (std::size_t i = 0; i < count; ++i) bytes += shared.received.payload(i).size();
    const std::uint64_t before = shared.statistics.received;
    goes_on = deliver(count) && reading_ && count == wanted;
    datagrams += shared.statistics.received - before;
  }
}

/// False when the listener destroyed the socket.
bool LoopUdpSocket::deliver(std::size_t count) {
  UdpShared& shared = shared_;  // it outlives this socket, which the listener may destroy
  const std::uint64_t before = shared.statistics.received;
  shared.delivering = this;
  for (std::size_t i = 0; i < count && shared.delivering == this; ++i) {
    if (is_stale(i)) {
      ++shared.statistics.stale;
    } else {
      deliver_message(i);
    }
  }
  const std::uint64_t datagrams = shared.statistics.received - before;
  const bool is_alive = shared.delivering == this;
  if (is_alive && reading_ && datagrams > 0) {
    flood_.on_received(fd_.get(), count, static_cast<std::size_t>(datagrams));
  }
  shared.delivering = nullptr;
  return is_alive;
}

/// The datagrams of a queue are in the order of their age.
bool LoopUdpSocket::is_stale(std::size_t index) {
  if (!stall_.is_catching_up()) return false;
  if (StallMode::is_stale(shared_.received.control(index).came_at)) return true;
  stall_.end(usual_buffer_bytes());
  return false;
}

void LoopUdpSocket::deliver_message(std::size_t index) {
  UdpShared& shared = shared_;
  const std::optional<TransportAddress> source = shared.received.source(index);
  if (!source || shared.received.is_truncated(index)) {
    ++shared.statistics.truncated;
    return;
  }
  const ReceivedControl control = shared.received.control(index);
  Datagram datagram{local_, without_own_zone(*source), {}};
  if (control.destination) datagram.local.ip = *control.destination;
  Bytes rest = shared.received.payload(index);
  const bool joined = control.segment_size != 0 && control.segment_size < rest.size();
  const std::size_t size = joined ? control.segment_size : rest.size();
  do {
    datagram.payload = rest.first(std::min(size, rest.size()));
    rest = rest.subspan(datagram.payload.size());
    ++shared.statistics.received;
    if (joined) ++shared.statistics.coalesced;
    listener_.on_datagram(*this, datagram);
  } while (!rest.empty() && shared.delivering == this);
}

TransportAddress LoopUdpSocket::with_zone(const TransportAddress& to) const {
  if (local_.ip.zone() == 0 || to.ip.zone() != 0 || !to.ip.is_link_local()) return to;
  const auto zoned = IpAddress::from_bytes(to.ip.bytes(), local_.ip.zone());
  return zoned ? TransportAddress{*zoned, to.port} : to;
}

/// The zone is the business of the receiver: a candidate that the peer signalled has none.
TransportAddress LoopUdpSocket::without_own_zone(const TransportAddress& from) const {
  if (local_.ip.zone() == 0 || from.ip.zone() != local_.ip.zone()) return from;
  return {IpAddress::from_bytes(from.ip.bytes()).value_or(from.ip), from.port};
}

// The first datagram of a pass leaves at once, unless the socket sent several in its last pass.
bool LoopUdpSocket::sends_at_once() {
  if (send_pass_ != loop_.pass()) {
    send_pass_ = loop_.pass();
    bursty_ = sent_in_pass_ > 1;
    sent_in_pass_ = 0;
  }
  ++sent_in_pass_;
  return sent_in_pass_ == 1 && !bursty_;
}

SendStatus LoopUdpSocket::send(const TransportAddress& to, Bytes payload) {
  if (!bound_ || to.ip.family() != local_.ip.family()) return SendStatus::failed;
  if (payload.size() > (to.ip.is_ipv4() ? kMaxDatagramSize : kMaxPayloadIpv6)) {
    return SendStatus::too_large;
  }
  return sends_at_once() ? send_now(with_zone(to), payload) : gather(with_zone(to), payload);
}

SendStatus LoopUdpSocket::send_now(const TransportAddress& to, Bytes payload) {
  UdpStatistics& statistics = shared_.statistics;
  const PosixAddress address(to);
  ssize_t result = -1;
  // Two tries: an ICMP error about an earlier datagram is reported once, by the next call.
  for (int attempt = 0; attempt < 2 && result < 0; ++attempt) {
    ++statistics.send_calls;
    result = sendto(fd_.get(), payload.data(), payload.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                    address.get(), address.length());
    if (result < 0 && !is_of_earlier_datagram(errno) && errno != EINTR) break;
  }
  if (result >= 0) {
    ++statistics.sent;
    queue_full_ = false;
    return SendStatus::sent;
  }
  const SendStatus status = to_send_status(errno);
  ++(status == SendStatus::dropped ? statistics.dropped : statistics.failed);
  return status;
}

// While a queue of the kernel is full each is tried at once, so that the sender hears of it.
SendStatus LoopUdpSocket::gather(const TransportAddress& to, Bytes payload) {
  if (batch_ && !batch_->has_room_for(payload.size())) flush();
  if (queue_full_) return send_now(to, payload);
  if (!batch_) batch_ = shared_.lend_batch();
  batch_->add(to, payload);
  flush_call_.request();
  return SendStatus::sent;
}

void LoopUdpSocket::flush() {
  if (!batch_) return;
  queue_full_ = !batch_->flush(fd_.get(), shared_.messages, {shared_.segmentation, segment_max_},
                               shared_.statistics);
  shared_.give_back(std::move(batch_));
}

}  // namespace floe::native
