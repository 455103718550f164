// Any bytes as a stream from a TURN server: the frames are the same however it is split, and each
// is what its header says.
#include <vector>

#include "floe/stun/message.h"
#include "floe/turn/channel_data.h"
#include "floe/turn/stream_framing.h"
#include "fuzzed_input.h"
#include "invariant.h"

using namespace floe;
using namespace floe::turn;
using floe::fuzz::expect;
using floe::fuzz::FuzzedInput;

namespace {

constexpr std::size_t kFrameSizeMax = 2048;

struct Outcome {
  std::vector<ByteVector> frames;
  bool is_broken = false;
};

void take_frames(StreamReassembler& stream, Outcome& outcome) {
  while (const auto frame = stream.next()) {
    expect(frame->size() <= kFrameSizeMax, "a frame beyond the limit");
    const auto data = ChannelData::parse(*frame);
    expect(data || stun::looks_like_stun(*frame), "a frame of nothing");
    if (data) {
      ByteVector buffer(kFrameSizeMax);
      ByteWriter out(buffer);
      data->write(out, false);
      expect(equal(out.written(), *frame), "ChannelData changes by being read");
    }
    outcome.frames.emplace_back(frame->begin(), frame->end());
  }
  outcome.is_broken = stream.broken();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedInput input({data, size});
  const std::uint8_t chunk = input.u8();
  Bytes rest = input.bytes(size);
  StreamReassembler whole(kFrameSizeMax);
  Outcome at_once;
  whole.append(rest);
  take_frames(whole, at_once);
  StreamReassembler split(kFrameSizeMax);
  Outcome in_parts;
  while (!rest.empty()) {
    const std::size_t part = std::min<std::size_t>(rest.size(), 1u + chunk % 37u);
    split.append(rest.first(part));
    rest = rest.subspan(part);
    take_frames(split, in_parts);
    expect(split.buffered() <= kFrameSizeMax, "it keeps more than a frame");
  }
  expect(at_once.frames == in_parts.frames, "the frames depend on the split");
  expect(at_once.is_broken == in_parts.is_broken, "being out of step depends on the split");
  return 0;
}
