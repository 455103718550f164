#include "plan.h"

#include <charconv>
#include <stdexcept>
#include <string_view>

namespace floe::soak {
namespace {

std::string text_of(const std::vector<std::string_view>& words, std::string_view key) {
  for (const std::string_view word : words) {
    if (word.starts_with(key) && word.substr(key.size(), 1) == "=") {
      return std::string(word.substr(key.size() + 1));
    }
  }
  return {};
}

std::size_t number_of(const std::vector<std::string_view>& words, std::string_view key,
                      std::size_t otherwise) {
  const std::string text = text_of(words, key);
  if (text.empty()) return otherwise;
  std::size_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
  if (end != text.data() + text.size()) {
    throw std::runtime_error(std::string(key) + " takes a number");
  }
  return value;
}

std::vector<std::string> split(std::string text) {
  std::vector<std::string> parts;
  for (std::size_t comma = 0; (comma = text.find(',')) != text.npos; text.erase(0, comma + 1)) {
    parts.push_back(text.substr(0, comma));
  }
  parts.push_back(text);
  return parts;
}

}  // namespace

Plan::Plan(int count, char** arguments) {
  const std::vector<std::string_view> words(arguments + 1, arguments + count);
  urls = split(text_of(words, "urls"));
  tokens = text_of(words, "tokens");
  ca = text_of(words, "ca");
  const auto ip = IpAddress::parse(text_of(words, "peer_ip"));
  if (urls.front().empty() || !ip) throw std::runtime_error("urls and peer_ip are needed");
  peer_ip = *ip;
  clients = number_of(words, "clients", 100);
  peers = number_of(words, "peers", 16);
  begin_per_s = number_of(words, "begin_per_s", 500);
  rate = number_of(words, "rate", 100);
  leaver = number_of(words, "leaver", 0);
  stay = std::chrono::milliseconds(number_of(words, "stay_ms", 5000));
  settle = std::chrono::milliseconds(number_of(words, "settle_ms", 1500));
  only_pings = number_of(words, "only_pings", 0) != 0;
  if (clients * peers * begin_per_s * rate == 0) throw std::runtime_error("0 is too few");
}

Traffic Plan::traffic_of(std::size_t client) const {
  Traffic traffic{std::chrono::milliseconds(1000), 1, 40, 200};
  if (!only_pings) {
    const std::size_t kind = client % 100;
    if (kind < 10) traffic = {std::chrono::milliseconds(100), 1, 100, 1200};
    if (kind >= 10 && kind < 13) traffic = {std::chrono::milliseconds(1000), 20, 1100, 1200};
    if (kind == 13) traffic = {std::chrono::milliseconds(5000), 1, 20'000, 65'000};
  }
  traffic.every = traffic.every * 100 / static_cast<std::int64_t>(rate);
  return traffic;
}

}  // namespace floe::soak
