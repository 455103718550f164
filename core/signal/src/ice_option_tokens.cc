#include "ice_option_tokens.h"

#include <algorithm>
#include <string_view>

namespace floe::signal {
namespace {

bool has(const std::vector<std::string>& tokens, std::string_view token) {
  return std::ranges::find(tokens, token) != tokens.end();
}

}  // namespace

std::vector<std::string> write_ice_options(const ice::IceOptions& options, bool trickle) {
  std::vector<std::string> tokens;
  if (trickle) tokens.emplace_back("trickle");
  if (options.ice2) tokens.emplace_back("ice2");
  if (options.renomination) tokens.emplace_back("renomination");
  if (options.sped) tokens.emplace_back("sped");
  return tokens;
}

ice::IceOptions read_ice_options(const std::vector<std::string>& tokens) {
  return {has(tokens, "ice2"), has(tokens, "renomination"), has(tokens, "sped")};
}

bool says_trickle(const std::vector<std::string>& tokens) {
  return has(tokens, "trickle");
}

}  // namespace floe::signal
