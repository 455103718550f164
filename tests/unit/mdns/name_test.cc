#include "floe/mdns/name.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "dns_bytes.h"
#include "floe/mdns/limits.h"

namespace floe::mdns::test {
namespace {

std::optional<Name> read(Bytes message, std::size_t offset = 0) {
  return Name::read(message, offset);
}

TEST_CASE("a name is read from text and written without compression", "[mdns][name]") {
  const auto name = Name::parse("Ab-1.LOCAL.");
  REQUIRE(name);
  CHECK(name->text() == "ab-1.local");
  CHECK(*name == Name::parse("aB-1.local"));
  std::array<std::uint8_t, kNameSizeMax> buffer;
  ByteWriter out(buffer);
  name->write(out);
  CHECK(equal(out.written(), as_bytes(std::string_view("\4ab-1\5local\0", 12))));
}

TEST_CASE("what is no host name is not read from text", "[mdns][name]") {
  const std::string text = GENERATE(as<std::string>{}, "", ".", "a..local", ".local", "a b.local",
                                    "a\xc3\xa4.local", std::string(64, 'a') + ".local");
  CHECK_FALSE(Name::parse(text));
}

TEST_CASE("a name has at most 255 bytes", "[mdns][name]") {
  const std::string label(49, 'a');
  const std::string four = label + "." + label + "." + label + "." + label + ".";
  CHECK(Name::parse(four + label + ".bcd"));  // 5 * 50 + 4 + the end
  CHECK_FALSE(Name::parse(four + label + ".bcde"));
}

TEST_CASE("only one label and \"local\" is a name to look up", "[mdns][name]") {
  CHECK(Name::parse("4f3c.local")->is_single_local());
  const char* text = GENERATE("local", "a.b.local", "a.local.b", "a.locals", "example.org", "a");
  CHECK_FALSE(Name::parse(text)->is_single_local());
  CHECK_FALSE(Name().is_single_local());
}

TEST_CASE("compression pointers lead to what was before", "[mdns][name]") {
  const auto message = DnsBytes().label("local").u8(0).label("a").pointer(0).u8(99);
  std::size_t offset = 7;
  const auto name = Name::read(message, offset);
  REQUIRE(name);
  CHECK(name->text() == "a.local");
  CHECK(offset == 11);
}

TEST_CASE("a pointer that leads forward or to itself is refused", "[mdns][name]") {
  CHECK_FALSE(read(DnsBytes().pointer(0)));
  CHECK_FALSE(read(DnsBytes().label("a").pointer(2), 2));
  CHECK_FALSE(read(DnsBytes().pointer(2).label("a").u8(0)));
  // A loop over a label would end by the size of the name, after many rounds.
  CHECK_FALSE(read(DnsBytes().label("a").pointer(0)));
}

TEST_CASE("a name follows only so many pointers", "[mdns][name]") {
  DnsBytes message;
  message.label("a").u8(0);
  const auto last_after = [&](unsigned pointers) {
    while (message.size() < 3 + 2 * pointers) {
      message.pointer(message.size() == 3 ? 0 : static_cast<unsigned>(message.size()) - 2);
    }
    return message.size() - 2;
  };
  const std::size_t last_allowed = last_after(kPointersMax);
  CHECK(read(message, last_allowed));
  const std::size_t one_more = last_after(kPointersMax + 1);
  CHECK_FALSE(read(message, one_more));
}

TEST_CASE("a name that ends too early is refused", "[mdns][name]") {
  CHECK_FALSE(read(DnsBytes()));
  CHECK_FALSE(read(DnsBytes().label("a")));
  CHECK_FALSE(read(DnsBytes().u8(5).u8('a')));
  CHECK_FALSE(read(DnsBytes().label("a").u8(0xc0)));
  CHECK_FALSE(read(DnsBytes().u8(0x41).label("a").u8(0)));  // a reserved kind of label
}

TEST_CASE("a name on the wire may have any bytes, and shows none of them", "[mdns][name]") {
  const auto name = read(DnsBytes().label("a\n.b").label("local").u8(0));
  REQUIRE(name);
  CHECK(name->text() == "a??b.local");
  CHECK(*name != Name::parse("a.b.local"));
}

TEST_CASE("a made name is a UUID of version 4", "[mdns][name]") {
  std::array<std::uint8_t, 16> random;
  random.fill(0xff);
  CHECK(make_local_name(random) == "ffffffff-ffff-4fff-bfff-ffffffffffff.local");
  random.fill(0);
  CHECK(make_local_name(random) == "00000000-0000-4000-8000-000000000000.local");
}

}  // namespace
}  // namespace floe::mdns::test
