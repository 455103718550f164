// One session of WHIP as a machine: bytes are the texts of the client and the messages of the peer,
// and choose how time passes. A text that is refused changes nothing, a request has one answer, an
// answer can be read, and a deadline that was handled is past.
#include "floe/signal/message_codec.h"
#include "floe/whip/exchange.h"
#include "invariant.h"
#include "sdp/shapes.h"

using namespace floe;
using floe::fuzz::expect;
using whip::Exchange;

namespace {

std::string_view take_line(std::string_view& input) {
  const std::string_view line = input.substr(0, input.find('\n'));
  input.remove_prefix(std::min(input.size(), line.size() + 1));
  return line;
}

class Machine {
 public:
  /// The first byte of a line says what it is.
  void take(std::string_view line) {
    const char kind = line.empty() ? '\0' : line.front();
    const std::string_view rest = line.empty() ? line : line.substr(1);
    switch (kind) {
      case 'o':
        return check(exchange_.offer(now_, text_of(rest)));
      case 'c':
        return check(exchange_.offer(now_, sdp::kChromiumOffer));
      case 'p':
        return check(exchange_.patch(now_, text_of(rest)));
      case 't':
        now_ = exchange_.deadline() == kNever ? now_ : exchange_.deadline();
        exchange_.handle_timeout(now_);
        expect(exchange_.deadline() > now_, "a deadline that was handled is not past");
        return check_answer();
      case 'l':
        exchange_.left();
        return check_answer();
      default:
        if (const auto message = signal::parse_message(line)) {
          exchange_.receive(now_, message->message);
          check_answer();
        }
    }
  }

 private:
  /// Lines end with "|", since the machine's own end with a line feed.
  static std::string text_of(std::string_view line) {
    std::string text(line);
    for (char& c : text) {
      if (c == '|') c = '\n';
    }
    return text;
  }

  void check(const whip::Told& told) {
    expect(!told.refusal || told.messages.empty(), "a refused text tells the peer something");
    expect(!told.refusal || !told.why.empty(), "a refusal without a reason");
    for (const signal::Message& message : told.messages) {
      expect(signal::parse_message(signal::write_message(message)).has_value() ||
                 signal::write_message(message).size() > signal::kMessageSizeMax,
             "the peer is told what it cannot read");
    }
    check_answer();
  }

  void check_answer() {
    const auto answer = exchange_.poll_answer();
    expect(!exchange_.poll_answer(), "two answers");
    if (!answer) return;
    expect(!exchange_.awaits_peer(), "an answer while the peer is awaited");
    if (answer->outcome != whip::Outcome::answered) return expect(!answer->why.empty(), "no why");
    const bool is_whole = answer->sdp.starts_with("v=0");
    expect(is_whole == (exchange_.ice_session() == 1), "the wrong kind of text");
    expect(is_whole ? sdp::parse_description(answer->sdp).has_value()
                    : sdp::parse_fragment(answer->sdp).has_value(),
           "an answer that cannot be read");
  }

  Exchange exchange_{1};
  Timestamp now_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input = as_text({data, size});
  Machine machine;
  while (!input.empty()) machine.take(take_line(input));
  return 0;
}
