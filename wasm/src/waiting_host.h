// The host of a module that waits: it runs in a Worker of its own, whose imports may block, while
// the sockets are in the main thread.
//
// js/src/tools is the other end. What a caller does between two waits is one turn, as in machine.h.
#pragma once

#include "system_network.h"

namespace floe::wasm {

class WaitingHost {
 public:
  WaitingHost() { turn(); }

  Host api() { return network_.host_with(network_.parts().addresses); }
  SystemRoutes& routes() { return network_.routes(); }
  Timestamp now() const { return host_.clock.now(); }

  /// Works until `deadline`, or until something has happened.
  void wait(Timestamp deadline);

 private:
  void turn();
  void handle(Bytes batch);

  WasmHost host_;
  SystemNetwork network_{host_, 1};
};

}  // namespace floe::wasm
