#include "floe/json/writer.h"

#include "floe/json/utf8.h"
#include "floe/types/decimal.h"
#include "floe/types/text.h"

namespace floe::json {
namespace {

/// The character after the backslash of a short escape; 0 for characters that have none.
constexpr char short_escape(char c) {
  switch (c) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

constexpr std::string_view sign_of(std::int64_t value) {
  return value < 0 ? "-" : "";
}

}  // namespace

void Writer::separate() {
  if (comma_) text_ += ',';
  comma_ = true;
}

Writer& Writer::open(char bracket) {
  separate();
  text_ += bracket;
  comma_ = false;
  return *this;
}

Writer& Writer::close(char bracket) {
  text_ += bracket;
  comma_ = true;
  return *this;
}

Writer& Writer::raw(std::string_view text) {
  separate();
  text_ += text;
  return *this;
}

Writer& Writer::name(std::string_view name) {
  separate();
  append_escaped(name);
  text_ += ':';
  comma_ = false;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  separate();
  append_escaped(text);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  return raw(concat({sign_of(value), to_decimal(magnitude(value))}));
}

Writer& Writer::unsigned_integer(std::uint64_t value) {
  return raw(to_decimal(value));
}

Writer& Writer::fixed_point(std::int64_t value, unsigned decimals) {
  std::uint64_t unit = 1;
  for (unsigned i = 0; i < decimals; ++i) unit *= 10;
  const std::string whole = to_decimal(magnitude(value) / unit);
  // With a 1 before it, a fraction keeps its zeros.
  const std::string fraction = to_decimal(unit + magnitude(value) % unit);
  return raw(concat({sign_of(value), whole, ".", std::string_view(fraction).substr(1)}));
}

Writer& Writer::boolean(bool value) {
  return raw(value ? "true" : "false");
}

Writer& Writer::null() {
  return raw("null");
}

Writer& Writer::value(const Value& value) {
  switch (value.type()) {
    case Type::null:
      return null();
    case Type::boolean:
      return boolean(value.boolean().value_or(false));
    case Type::number:
      return raw(value.number_text().value_or("0"));
    case Type::string:
      return string(value.string().value_or(""));
    case Type::array:
      begin_array();
      for (const Value element : value) this->value(element);
      return end_array();
    case Type::object:
      begin_object();
      for (const Value member : value) name(member.name()).value(member);
      return end_object();
  }
  return *this;
}

void Writer::append_escaped(std::string_view text) {
  text_ += '"';
  while (!text.empty()) {
    const Utf8Sequence sequence = first_utf8(text);
    const char c = text.front();
    if (!sequence.valid) {
      text_ += kReplacement;
    } else if (const char escape = short_escape(c)) {
      text_ += '\\';
      text_ += escape;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      constexpr std::string_view hex = "0123456789abcdef";
      text_ += "\\u00";
      text_ += hex[static_cast<unsigned char>(c) >> 4];
      text_ += hex[static_cast<unsigned char>(c) & 15u];
    } else {
      text_ += text.substr(0, sequence.size);
    }
    text.remove_prefix(sequence.size);
  }
  text_ += '"';
}

}  // namespace floe::json
