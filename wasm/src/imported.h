// Time, random numbers and the log, which JavaScript gives a module.
#pragma once

#include "floe/api/clock.h"
#include "floe/api/log.h"
#include "floe/api/random.h"

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

}  // namespace floe::wasm
