#include "text_reader.h"

#include <iterator>
#include <limits>
#include <string>

#include "floe/types/decimal.h"
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

/// The callbacks by the names that the library wants.
class Handler {
 public:
  explicit Handler(Builder& builder) : builder_(builder) {}

  bool null() { return builder_.add_scalar(Type::null); }
  bool boolean(bool value) { return builder_.add_scalar(Type::boolean, {}, value); }
  bool number_integer(Library::number_integer_t value) {
    // Only numbers with a minus sign come here, and -0 has lost its sign.
    return builder_.add_scalar(Type::number, '-' + to_decimal(magnitude(value)));
  }
  bool number_unsigned(Library::number_unsigned_t value) {
    return builder_.add_scalar(Type::number, to_decimal(value));
  }
  bool number_float(Library::number_float_t, const std::string& text) {
    return builder_.add_scalar(Type::number, text);
  }
  bool string(std::string& text) { return builder_.add_scalar(Type::string, text); }
  bool binary(Library::binary_t&) { return builder_.fail(ErrorCode::syntax); }

  bool start_object(std::size_t) { return builder_.open(Type::object); }
  bool start_array(std::size_t) { return builder_.open(Type::array); }
  bool end_object() { return builder_.close(); }
  bool end_array() { return builder_.close(); }
  bool key(std::string& name) {
    builder_.set_name(name);
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const Library::exception& error) {
    constexpr int kNumberOverflow = 406;
    return builder_.fail(error.id == kNumberOverflow ? ErrorCode::number_too_large
                                                     : ErrorCode::syntax);
  }

 private:
  Builder& builder_;
};

using Input = decltype(nlohmann::detail::input_adapter(std::declval<CountingIterator>(),
                                                       std::declval<CountingIterator>()));

}  // namespace
}  // namespace floe::json

// Three functions of the library's lexer call C functions that differ from host to host or add much
// code. For our input, the functions below replace them in every build. If a version of the library
// lacks one of them, this file does not compile.

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

/// A part of the library's error texts, which are not read. It would need snprintf: four kB of a
/// page's download.
template <>
std::string nlohmann::detail::lexer<floe::json::Library, floe::json::Input>::get_token_string()
    const {
  return {};
}

namespace floe::json {

std::size_t read_text(std::string_view text, Builder& builder) {
  Handler handler(builder);
  const char* const begin = text.data();
  const char* furthest = begin;
  const bool is_read =
      Library::sax_parse(CountingIterator(begin, &furthest),
                         CountingIterator(begin + text.size(), &furthest), &handler);
  if (!is_read) builder.fail(ErrorCode::syntax);
  return static_cast<std::size_t>(furthest - begin);
}

}  // namespace floe::json
