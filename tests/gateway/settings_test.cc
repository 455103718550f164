// The configuration file, the environment and the flags: which of them counts, and what is said of
// what is wrong with them.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "gateway_options.h"
#include "temporary_directory.h"

using namespace floe;
using namespace floe::gateway;

namespace {

ParsedArguments read_arguments(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "floe-gateway");
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  return parse_arguments(static_cast<int>(pointers.size()), pointers.data());
}

/// A variable of the environment, for one test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Variable() { unsetenv(name_); }

 private:
  const char* name_;
};

struct Broken {
  const char* text;
  int line;
  const char* says;
};

const std::vector<Broken> kBroken{
    // What is no TOML
    {"listen", 1, "Error"},
    {"listen = \"127.0.0.1:80", 1, "Error"},
    {"\n\nlisten = ", 3, "Error"},
    {"[limits\nsessions-max = 3", 1, "Error"},
    {"sessions-max = 1\nsessions-max = 2", 2, "sessions-max"},
    {"sessions-max = 0x", 1, "Error"},
    {"listen = \"\\q\"", 1, "Error"},
    // What is no option, or none of a file
    {"lisen = \"127.0.0.1:0\"", 1, "no option lisen"},
    {"insecure-dev = true\nsession-max = 3", 2, "no option session-max"},
    {"\nLISTEN = \"127.0.0.1:0\"", 2, "no option LISTEN"},
    {"v = true", 1, "no option v"},
    {"help = true", 1, "command line"},
    {"check-config = true", 1, "command line"},
    {"config = \"other.toml\"", 1, "command line"},
    {"secret = \"0123456789abcdef\"", 1, "no option secret"},
    // What stands in the wrong place
    {"[turn]\nsessions-max = 3", 2, "belongs to [limits]"},
    {"[limit]\nsessions-max = 3", 2, "belongs to [limits]"},
    {"[limits]\n[limits.deep]\nsessions-max = 3", 2, "do not nest"},
    {"sessions-max = 3\n[limits]\nsessions-max = 3", 3, "already set"},
    // Types
    {"sessions-max = \"3\"", 1, "whole number"},
    {"sessions-max = 3.5", 1, "whole number"},
    {"insecure-dev = \"yes\"", 1, "true or false"},
    {"insecure-dev = 1", 1, "true or false"},
    {"listen = 8080", 1, "text in quotes"},
    {"listen = [\"127.0.0.1:0\"]", 1, "one value"},
    {"bind = [\"127.0.0.1\", 2]", 1, "one type"},
    {"origin = 2026-01-31", 1, "text in quotes"},
    // Values
    {"sessions-max = 0", 1, "not in range"},
    {"sockets-max = 1000001", 1, "not in range"},
    {"sessions-max = -1", 1, "sessions-max"},
    {"drain-timeout = 86401", 1, "not in range"},
    {"listen = \"127.0.0.1\"", 1, "not ADDRESS:PORT"},
    {"listen = \"127.0.0.1:65536\"", 1, "not ADDRESS:PORT"},
    {"bind = [\"127.0.0.1\",\n  \"localhost\"]", 1, "not an IP address"},
    {"[access]\norigin = [\"https://example.org/\"]", 2, "not an origin"},
    {"log-level = \"loud\"", 1, "none of these"},
    {"admin = \"here\"", 1, "neither a port"},
    {"documents = \"/nowhere/at/all\"", 1, "documents"},
    {"turn-users = \"/nowhere/at/all\"", 1, "turn-users"},
    // What each option takes, but not together
    {"insecure-dev = true\n\nbind = \"192.0.2.1\"", 1, "loopback only"},
    {"insecure-dev = true\nturn = \"127.0.0.1:0\"\nturn-ports = \"9-1\"", 3, "FIRST-LAST"},
};

}  // namespace

TEST_CASE("a broken configuration file is refused with its line and a sentence", "[gateway]") {
  const Broken& broken = kBroken[GENERATE(range(std::size_t{0}, kBroken.size()))];
  const native::test::TemporaryDirectory directory;
  const std::string file = directory.write("gateway.toml", broken.text);
  const ParsedArguments parsed = read_arguments({"--config", file});
  INFO(broken.text);
  INFO(parsed.mistake);
  CHECK(parsed.exit_code == 2);
  CHECK(parsed.mistake.starts_with(file + ":" + std::to_string(broken.line) + ": "));
  CHECK(parsed.mistake.find(broken.says) != std::string::npos);
}

TEST_CASE("a configuration file that is not there is refused", "[gateway]") {
  const ParsedArguments parsed =
      read_arguments({"--config=/nowhere/gateway.toml", "--insecure-dev"});
  CHECK(parsed.exit_code == 2);
  CHECK(parsed.mistake.find("/nowhere/gateway.toml") != std::string::npos);
}

TEST_CASE("flags come before the environment, and that before the file", "[gateway]") {
  const native::test::TemporaryDirectory directory;
  const std::string file = directory.write(
      "gateway.toml",
      "insecure-dev = true\n[limits]\nsessions-max = 11\nsockets-max = 12\n"
      "[network]\nbind = [\"127.0.0.1\", \"127.0.0.2\"]\n[operation]\nlog-level = \"warning\"\n");
  const std::vector<std::string> arguments{"--config", file,     "--sessions-max",
                                           "31",       "--bind", "127.0.0.3"};
  const Variable sessions("FLOE_GATEWAY_SESSIONS_MAX", "21");
  const Variable sockets("FLOE_GATEWAY_SOCKETS_MAX", "22");
  const ParsedArguments parsed = read_arguments(arguments);
  INFO(parsed.mistake);
  REQUIRE_FALSE(parsed.exit_code);
  const GatewayOptions& options = parsed.options;
  CHECK(options.insecure_dev);
  CHECK(options.sessions_max == 31);
  CHECK(options.sockets_max == 22);
  CHECK(options.operating.log_level == LogLevel::warning);
  CHECK(options.bind == std::vector{*IpAddress::parse("127.0.0.3")});
}

TEST_CASE("a variable has the values of a list with commas, and names itself when it is wrong",
          "[gateway]") {
  {
    const Variable bind("FLOE_GATEWAY_BIND", "127.0.0.1, 127.0.0.2");
    CHECK(read_arguments({"--insecure-dev"}).options.bind.size() == 2);
  }
  const Variable wrong("FLOE_GATEWAY_SESSIONS_MAX", "many");
  const ParsedArguments parsed = read_arguments({"--insecure-dev", "--sessions-max", "3"});
  CHECK(parsed.exit_code == 2);
  CHECK(parsed.mistake.starts_with("FLOE_GATEWAY_SESSIONS_MAX: "));
}

TEST_CASE("what --check-config prints is the same configuration, without secrets", "[gateway]") {
  const native::test::TemporaryDirectory directory;
  const std::string secret = "a-secret-of-24-characters";
  const std::string old = "another-secret-from-before";
  const std::string file = directory.write(
      "gateway.toml", "[access]\nsecret-file = \"" + directory.write("secret", secret + "\n") +
                          "\"\norigin = [\"https://a.example\", \"https://b.example\"]\n" +
                          "[turn]\nturn = [\"127.0.0.1:0\"]\nturn-secret-file = \"" +
                          directory.write("turn", secret + "\n" + old + "\n") + "\"\n");
  const ParsedArguments first = read_arguments({"--config", file, "--check-config", "-v"});
  INFO(first.mistake);
  REQUIRE(first.exit_code == 0);
  CHECK(first.output.find(secret) == std::string::npos);
  CHECK(first.output.find(old) == std::string::npos);
  CHECK(first.output.find("verbose = true  # command line") != std::string::npos);
  CHECK(first.output.find("sessions-max = 2000  # default") != std::string::npos);

  const ParsedArguments second = read_arguments(
      {"--check-config", "--config", directory.write("effective.toml", first.output)});
  INFO(second.mistake);
  REQUIRE(second.exit_code == 0);
  const auto without_places = [](const std::string& text) {
    std::string out;
    bool in_comment = false;
    for (const char c : text) {
      if (c == '#') in_comment = true;
      if (c == '\n') in_comment = false;
      if (!in_comment) out += c;
    }
    return out;
  };
  CHECK(without_places(first.output) == without_places(second.output));
  CHECK(second.options.secret == secret);
  CHECK(second.options.turn.previous_secret == old);
}

TEST_CASE("the help fits a screen, and --help-all has every option", "[gateway]") {
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  const auto width = [](const std::string& text) {
    std::size_t widest = 0;
    std::size_t from = 0;
    for (std::size_t to; (to = text.find('\n', from)) != text.npos; from = to + 1) {
      widest = std::max(widest, to - from);
    }
    return widest;
  };
  const std::string help = read_arguments({"--help"}).output;
  const std::string all = read_arguments({"--help-all"}).output;
  INFO(help);
  CHECK(lines(help) >= 24);
  CHECK(lines(help) <= 55);
  CHECK(width(help) <= 100);
  CHECK(width(all) <= 100);
  CHECK(help.find("--turn-alternate") == std::string::npos);
  CHECK(all.find("--turn-alternate") != std::string::npos);
}
