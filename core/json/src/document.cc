#include "floe/json/document.h"

#include <optional>

#include "builder.h"
#include "floe/json/utf8.h"
#include "text_reader.h"
#include "tree.h"

namespace floe::json {
namespace {

/// The library takes a zero byte for the end of the text and skips a byte order mark; JSON allows
/// neither, and other readers would read a different text.
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
  const std::size_t position = read_text(text, builder);
  if (const auto code = builder.error()) return make_error(*code, position);
  return Document(builder.take());
}

}  // namespace floe::json
