// The host that asks JavaScript: the parts of platform/api that the module's objects share.
//
// Sockets and addresses are not among them: those belong to a gateway.
#pragma once

#include "event_writer.h"
#include "floe/api/clock.h"
#include "floe/api/log.h"
#include "floe/api/random.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "timer_queue.h"
#include "web_sockets.h"

namespace floe::wasm {

/// Tells the time that the latest call from JavaScript passed. It never goes back.
class PushedClock final : public Clock {
 public:
  Timestamp now() const override { return now_; }
  void push(Timestamp now) {
    if (now > now_) now_ = now;
  }

 private:
  Timestamp now_{};
};

class ImportedRandom final : public RandomSource {
 public:
  void fill(MutableBytes out) override;
};

class ImportedLog final : public LogSink {
 public:
  void log(LogLevel level, std::string_view area, std::string_view text) override;
};

struct WasmHost {
  PushedClock clock;
  TimerQueue timers;
  ImportedRandom random;
  ImportedLog log;
  MbedtlsCrypto crypto;
  WebSockets web_sockets;
  EventWriter events;
};

}  // namespace floe::wasm
