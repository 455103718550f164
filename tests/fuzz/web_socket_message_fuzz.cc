// Messages that arrive in pieces: they are put together as they came, and never beyond the limits.
#include "fuzzed_input.h"
#include "incoming_message.h"
#include "invariant.h"

using namespace floe;
using namespace floe::native;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

/// The sender, as libwebsockets reports it: frames, each in one or more pieces.
class Sender {
 public:
  explicit Sender(FuzzedInput& input) : input_(input) {}

  void step() {
    const Bytes bytes = input_.bytes(input_.flag() ? input_.u8() : input_.u16());
    const std::size_t rest = input_.below(4) == 0 ? input_.u32() : 0;
    const bool is_last = rest == 0 && input_.flag();
    const MessagePiece piece{.bytes = bytes,
                             .rest_of_frame = rest,
                             .first = is_first_,
                             .last = is_last,
                             .reserved_bits = input_.below(64) == 0};
    if (is_first_) sent_.clear();
    sent_.insert(sent_.end(), bytes.begin(), bytes.end());
    judge(message_.add(piece), piece);
  }

 private:
  void judge(IncomingMessage::Outcome outcome, const MessagePiece& piece) {
    is_first_ = outcome != IncomingMessage::Outcome::incomplete;
    switch (outcome) {
      case IncomingMessage::Outcome::incomplete:
        expect(sent_.size() <= kMaxMessageSize, "it keeps more than a message may have");
        return;
      case IncomingMessage::Outcome::complete:
        expect(piece.last, "complete before its last piece");
        expect(std::ranges::equal(message_.whole(), sent_), "another message than was sent");
        break;
      case IncomingMessage::Outcome::too_long:
        expect(sent_.size() + piece.rest_of_frame > kMaxMessageSize, "too long at no such length");
        break;
      case IncomingMessage::Outcome::too_many_fragments:
        break;
      case IncomingMessage::Outcome::reserved_bits:
        expect(piece.reserved_bits, "bits that were not set");
        break;
    }
    message_.clear();
    expect(message_.whole().empty(), "it keeps what is over");
  }

  FuzzedInput& input_;
  IncomingMessage message_;
  ByteVector sent_;
  bool is_first_ = true;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  Sender sender(input);
  while (!input.at_end()) sender.step();
  return 0;
}
