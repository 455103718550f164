#include "tls_thread.h"

#include <iterator>
#include <utility>

#include "floe/native/blocked_signals.h"

namespace floe::native {

TlsThread::TlsThread(Loop& server_loop, std::size_t handshakes_max)
    : departures_(server_loop,
                  [](Departure departure) {
                    departure.listener->on_decrypted(std::move(departure.connection),
                                                     departure.peer);
                  }),
      arrivals_(loop_, [this](TlsArrival arrival) { begin(std::move(arrival)); }),
      handshakes_(handshakes_max),
      turn_call_(loop_, Deferred::When::end_of_pass, *this) {
  is_running_ = loop_.is_open() && departures_.is_open() && arrivals_.is_open() && start();
}

TlsThread::~TlsThread() {
  if (!is_running_) return;
  loop_.stop();
  pthread_join(thread_, nullptr);
}

bool TlsThread::start() {
  const BlockedSignals blocked;
  return pthread_create(&thread_, nullptr, run, this) == 0;
}

void* TlsThread::run(void* self) {
  static_cast<TlsThread*>(self)->loop_.run();
  return nullptr;
}

TlsStatistics TlsThread::statistics() const {
  return {.handshakes = done_, .failed = failed_, .refused = refused_};
}

void TlsThread::begin(TlsArrival arrival) {
  if (!handshakes_.enter(arrival.peer.ip)) {
    ++refused_;
    return;
  }
  TlsBridge& bridge = bridges_.emplace_back(loop_, static_cast<TlsBridgeOwner&>(*this),
                                            std::move(arrival.connection), arrival.peer,
                                            std::move(arrival.identity), *arrival.listener);
  bridge.place = std::prev(bridges_.end());
}

void TlsThread::on_handshake_ready(TlsBridge& bridge) {
  handshakes_.push(bridge.peer().ip, &bridge);
  turn_call_.request();
}

/// One step of one handshake in each pass: in between, the data of the others move.
void TlsThread::take_turn() {
  if (std::exchange(last_turn_, loop_.pass()) != loop_.pass()) {
    if (TlsBridge* bridge = handshakes_.pop()) go_on(*bridge);
  }
  if (handshakes_.has_ready()) turn_call_.request();
}

void TlsThread::go_on(TlsBridge& bridge) {
  switch (bridge.shake()) {
    case TlsBridge::Progress::waits:
      return;
    case TlsBridge::Progress::done:
      return hand_over(bridge);
    case TlsBridge::Progress::failed:
      return on_bridge_over(bridge);
  }
}

void TlsThread::hand_over(TlsBridge& bridge) {
  UniqueFd connection = bridge.open();
  if (!connection.is_open()) return on_bridge_over(bridge);
  handshakes_.leave(bridge.peer().ip, &bridge);
  ++done_;
  departures_.post({std::move(connection), bridge.peer(), &bridge.listener()});
}

void TlsThread::on_bridge_over(TlsBridge& bridge) {
  if (bridge.is_shaking()) {
    ++failed_;
    handshakes_.leave(bridge.peer().ip, &bridge);
  }
  bridges_.erase(bridge.place);
}

}  // namespace floe::native
