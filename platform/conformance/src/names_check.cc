// Resolver.
#include <algorithm>

#include "findings.h"

namespace floe::conformance {
namespace {

constexpr Duration kAnswerMax = std::chrono::seconds(6);  // Resolver promises 5

struct Question final : ResolveListener {
  void on_resolved(const std::vector<IpAddress>& found, std::string_view why) override {
    ++answers;
    addresses = found;
    error = why;
  }
  int answers = 0;
  std::vector<IpAddress> addresses;
  std::string error;
};

}  // namespace

void check_names(HostUnderTest& host, Findings& findings) {
  Resolver& resolver = *host.api().resolver;
  const IpAddress address = host.address();
  Question numeric;
  const auto resolution = resolver.resolve(address.to_text(), numeric);
  findings.expect(numeric.answers == 0,
                  "Resolver: on_resolved() never comes from inside resolve().");
  findings.expect(run_until(
                      host, [&] { return numeric.answers > 0; }, kAnswerMax),
                  "Resolver: a question is answered within 5 seconds.");
  const bool is_found = std::ranges::find(numeric.addresses, address) != numeric.addresses.end();
  findings.expect(is_found || !address.is_ipv4(),
                  "Resolver: a numeric IPv4 address is its own answer.");

  Question bad;
  const auto hopeless = resolver.resolve("no such name", bad);
  findings.expect(run_until(
                      host, [&] { return bad.answers > 0; }, kAnswerMax),
                  "Resolver: a name that cannot be is answered, too.");
  findings.expect(bad.addresses.empty() && !bad.error.empty(),
                  "Resolver: an answer without addresses says why.");

  Question taken_back;
  resolver.resolve(address.to_text(), taken_back).reset();
  host.run_for(std::chrono::milliseconds(100));
  findings.expect(taken_back.answers == 0,
                  "Resolver: a question that was destroyed is not answered.");
  findings.expect(numeric.answers == 1, "Resolver: a question is answered once.");
}

}  // namespace floe::conformance
