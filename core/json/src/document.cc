// The one place that knows nlohmann/json. Its reader calls back for each value and keeps nothing,
// and all the checks are ours: without exceptions its tree would abort on a wrong type.
#include "floe/json/document.h"

#include "builder.h"
#include "floe/json/utf8.h"
#include "floe/types/decimal.h"
#include "tree.h"

#define JSON_NOEXCEPTION 1
#include <nlohmann/json.hpp>

namespace floe::json {
namespace {

using Reader = nlohmann::json;

/// Walks the text and tells how far it was read, which the reader does not say while all is well.
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

/// The callbacks by the names that the reader wants.
class Handler {
 public:
  explicit Handler(Builder& builder) : builder_(builder) {}

  bool null() { return builder_.add_scalar(Type::null); }
  bool boolean(bool value) { return builder_.add_scalar(Type::boolean, {}, value); }
  bool number_integer(Reader::number_integer_t value) {
    // Only what starts with a minus comes here, and -0 has lost it.
    return builder_.add_scalar(Type::number, '-' + to_decimal(magnitude(value)));
  }
  bool number_unsigned(Reader::number_unsigned_t value) {
    return builder_.add_scalar(Type::number, to_decimal(value));
  }
  bool number_float(Reader::number_float_t, const std::string& text) {
    return builder_.add_scalar(Type::number, text);
  }
  bool string(std::string& text) { return builder_.add_scalar(Type::string, text); }
  bool binary(Reader::binary_t&) { return builder_.fail(ErrorCode::syntax); }

  bool start_object(std::size_t) { return builder_.open(Type::object); }
  bool start_array(std::size_t) { return builder_.open(Type::array); }
  bool end_object() { return builder_.close(); }
  bool end_array() { return builder_.close(); }
  bool key(std::string& name) {
    builder_.set_name(name);
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const Reader::exception& error) {
    constexpr int kNumberOverflow = 406;
    return builder_.fail(error.id == kNumberOverflow ? ErrorCode::number_too_large
                                                     : ErrorCode::syntax);
  }

 private:
  Builder& builder_;
};

/// The reader takes a zero byte for the end of the text and skips a byte order mark; JSON has
/// neither, and other readers would understand another text.
std::optional<std::size_t> find_not_json(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) return 0;
  const std::size_t zero = text.find('\0');
  return zero == std::string_view::npos ? std::nullopt : std::optional(zero);
}

Error make_error(ErrorCode code, std::size_t position) {
  return {code, static_cast<std::uint32_t>(position)};
}

}  // namespace

Document::Document(std::unique_ptr<const Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document, Error> Document::parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.text_size_max) {
    return make_error(ErrorCode::text_too_long, limits.text_size_max);
  }
  if (const auto bad = find_bad_utf8(text)) return make_error(ErrorCode::bad_utf8, *bad + 1);

  if (const auto bad = find_not_json(text)) return make_error(ErrorCode::syntax, *bad + 1);

  Builder builder(limits);
  Handler handler(builder);
  const char* const begin = text.data();
  const char* furthest = begin;
  const bool read = Reader::sax_parse(CountingIterator(begin, &furthest),
                                      CountingIterator(begin + text.size(), &furthest), &handler);
  if (!read || builder.error()) {
    return make_error(builder.error().value_or(ErrorCode::syntax),
                      static_cast<std::size_t>(furthest - begin));
  }
  return Document(builder.take());
}

}  // namespace floe::json
