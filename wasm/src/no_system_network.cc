// A page has no UDP sockets, so the module of pages leaves the code for them out.
#include "network_object.h"

namespace floe::wasm {

std::shared_ptr<NetworkObject> make_system_network(WasmHost&, std::uint32_t) {
  return nullptr;
}

}  // namespace floe::wasm
