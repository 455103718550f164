#include "text_reader.h"

#include <iterator>
#include <limits>
#include <string>

#include "number_range.h"

#define JSON_NOEXCEPTION 1
#include <nlohmann/json.hpp>

namespace floe::json {
namespace {

using Library = nlohmann::json;

/// Walks the text and counts the bytes that were read; the library tells this only after an error.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

using Input = decltype(nlohmann::detail::input_adapter(std::declval<CountingIterator>(),
                                                       std::declval<CountingIterator>()));

/// The bytes of a code point (RFC 3629, section 3).
std::string to_utf8(int code) {
  const auto byte = [code](int lead, int shift) {
    return static_cast<char>(lead | (lead == 0x80 ? code >> shift & 0x3f : code >> shift));
  };
  if (code < 0x80) return {byte(0, 0)};
  if (code < 0x800) return {byte(0xc0, 6), byte(0x80, 0)};
  if (code < 0x10000) return {byte(0xe0, 12), byte(0x80, 6), byte(0x80, 0)};
  return {byte(0xf0, 18), byte(0x80, 12), byte(0x80, 6), byte(0x80, 0)};
}

}  // namespace
}  // namespace floe::json

// Two functions of the library's lexer call C functions that differ from host to host or add much
// code, one reads what JSON has not, and one brings fifty texts of errors. For our input, the
// functions below replace them in every build. If a version of the library lacks one of them, this
// file does not compile.

/// Only whether the result is finite matters: the value itself is not read. The attribute repeats
/// the library's, as g++ demands.
template <>
[[gnu::nonnull]] void nlohmann::detail::lexer<floe::json::Library, floe::json::Input>::strtof(
    double& value, const char* text, char** end) noexcept {
  const std::string_view number(text);
  *end = const_cast<char*>(text) + number.size();
  value = floe::json::fits_double(number) ? 0 : std::numeric_limits<double>::infinity();
}

/// The library writes the locale's character into the text of a number, which is kept.
template <>
char nlohmann::detail::lexer<floe::json::Library, floe::json::Input>::get_decimal_point() noexcept {
  return '.';
}

/// The library can skip comments, when it is told to.
template <>
bool nlohmann::detail::lexer<floe::json::Library, floe::json::Input>::scan_comment() {
  return false;
}

/// As the library reads a string, without a text for each of its errors. The text is known to be
/// UTF-8. At its end, get() returns -1.
template <>
auto nlohmann::detail::lexer<floe::json::Library, floe::json::Input>::scan_string() -> token_type {
  reset();
  while (get() != '"') {
    if (current < ' ') return token_type::parse_error;
    if (current != '\\') {
      add(current);
      continue;
    }
    constexpr std::string_view escapes = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (get() != 'u') {
      const std::size_t place =
          current < 0 ? escapes.npos : escapes.find(static_cast<char>(current));
      if (place == escapes.npos) return token_type::parse_error;
      add(meanings[place]);
      continue;
    }
    int code = get_codepoint();
    if (code >= 0xd800 && code < 0xdc00) {
      // RFC 8259, section 7: a character beyond 16 bits is a pair of surrogates.
      if (get() != '\\' || get() != 'u') return token_type::parse_error;
      const int low = get_codepoint();
      if (low < 0xdc00 || low > 0xdfff) return token_type::parse_error;
      code = 0x10000 + ((code & 0x3ff) << 10 | (low & 0x3ff));
    } else if (code < 0 || (code >= 0xdc00 && code <= 0xdfff)) {
      return token_type::parse_error;
    }
    token_buffer += floe::json::to_utf8(code);
  }
  return token_type::value_string;
}

namespace floe::json {
namespace {

using Lexer = nlohmann::detail::lexer<Library, Input>;
using Token = Lexer::token_type;

/// Puts the library's tokens together to values (RFC 8259, sections 3 to 5). The library's own
/// parser makes an exception with a text for each error: nobody reads the text, and a page would
/// load two kB for it. What is open is kept by the builder, so depth costs no recursion.
class Grammar {
 public:
  Grammar(Input input, Builder& builder) : lexer_(std::move(input)), builder_(builder) {}

  /// Reads one value and the end of the text. False at the first error; the builder does not know
  /// it yet if it is one of syntax.
  bool read() {
    next();
    while (read_value()) {
      while (token_ == end_of(builder_.open_type())) {
        if (!builder_.close()) return false;
        next();
      }
      if (builder_.open_type() == Type::null) return token_ == Token::end_of_input;
      if (token_ != Token::value_separator) return false;
      next();
      if (!read_name()) return false;
    }
    return false;
  }

 private:
  /// The token that ends it; for other types one that no text has.
  static Token end_of(Type type) {
    if (type == Type::object) return Token::end_object;
    return type == Type::array ? Token::end_array : Token::uninitialized;
  }

  void next() { token_ = lexer_.scan(); }

  /// Up to and including the next scalar, or up to the end of an empty object or array.
  bool read_value() {
    while (token_ == Token::begin_object || token_ == Token::begin_array) {
      const Type type = token_ == Token::begin_object ? Type::object : Type::array;
      if (!builder_.open(type)) return false;
      next();
      if (token_ == end_of(type)) return true;
      if (!read_name()) return false;
    }
    if (!add_scalar()) return false;
    next();
    return true;
  }

  /// The name of a member and its colon; nothing inside of an array.
  bool read_name() {
    if (builder_.open_type() != Type::object) return true;
    if (token_ != Token::value_string) return false;
    builder_.set_name(lexer_.get_string());
    next();
    if (token_ != Token::name_separator) return false;
    next();
    return true;
  }

  bool add_scalar() {
    switch (token_) {
      case Token::literal_null:
        return builder_.add_scalar(Type::null);
      case Token::literal_true:
      case Token::literal_false:
        return builder_.add_scalar(Type::boolean, {}, token_ == Token::literal_true);
      case Token::value_string:
        return builder_.add_scalar(Type::string, lexer_.get_string());
      case Token::value_unsigned:
      case Token::value_integer:
      case Token::value_float:
        if (lexer_.get_number_float() != 0) return builder_.fail(ErrorCode::number_too_large);
        return builder_.add_scalar(Type::number, lexer_.get_string());
      default:
        return false;
    }
  }

  Lexer lexer_;
  Token token_ = Token::uninitialized;
  Builder& builder_;
};

}  // namespace

std::size_t read_text(std::string_view text, Builder& builder) {
  const char* const begin = text.data();
  const char* furthest = begin;
  Grammar grammar(nlohmann::detail::input_adapter(CountingIterator(begin, &furthest),
                                                  CountingIterator(begin + text.size(), &furthest)),
                  builder);
  if (!grammar.read()) builder.fail(ErrorCode::syntax);
  return static_cast<std::size_t>(furthest - begin);
}

}  // namespace floe::json
