// The host that asks JavaScript: the parts of platform/api that the module's objects share.
//
// Sockets and addresses are not among them: those belong to a gateway.
#pragma once

#include "event_writer.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "imported.h"
#include "timer_queue.h"
#include "web_sockets.h"

namespace floe::wasm {

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
