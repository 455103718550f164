#include "imported.h"

#include "imports.h"

namespace floe::wasm {

void ImportedRandom::fill(MutableBytes out) {
  floe_random(out.data(), out.size());
}

void ImportedLog::log(LogLevel level, std::string_view area, std::string_view text) {
  floe_log(static_cast<std::uint32_t>(level), area.data(), area.size(), text.data(), text.size());
}

}  // namespace floe::wasm
