#include "word_list.h"

namespace floe::peer {
namespace {

// Both ends must have the same list: a change needs a new label of the words.
constexpr std::string_view kWords =
    "acorn actor album alley amber angel apple april apron arena arrow aspen atlas attic aunt "
    "autumn axis badge bagel baker bamboo banjo barn basil beach bell bench berry bicycle "
    "birch bison blue board bottle bread bridge broom bucket butter cabin cactus camel candle "
    "canoe cargo carpet castle cedar cello chalk cherry chess circus clock cloud clover coast "
    "cobra coffee comet copper coral cotton cradle crane crystal daisy dawn deer denim desert "
    "diamond dinner dolphin donkey dragon drum duck eagle earth echo elbow elephant ember "
    "engine envoy fabric falcon feather ferry fiddle finger flag flame flute forest fossil "
    "fox frost garden garlic ghost giant ginger giraffe globe glove goat gold grape guitar "
    "hammer harbor hawk hazel helmet heron honey horse hotel igloo indigo iris iron island "
    "ivory jacket jaguar jelly jewel jungle juniper kayak kettle key kite kitten knight koala "
    "ladder lagoon lake lamp lantern lemon leopard lily linen lion lizard lobster lotus "
    "magnet mango maple marble meadow melon mint mirror monkey moon moth mountain mouse "
    "museum mushroom needle nest nickel ninja north oasis oboe ocean octopus olive onion "
    "opera orange orbit orchid otter oxygen paddle palm panda paper parrot pasta peach pearl "
    "pencil penguin pepper piano pilot planet plum pocket pony poppy potato prism puzzle "
    "pyramid quartz queen quilt rabbit radio raft rain raven ribbon river robin rocket rose "
    "ruby saddle salmon satin shadow sheep silver snow spider spoon squirrel star sugar "
    "sunset swan tiger tomato tractor tulip tunnel turtle umbrella valley velvet violin "
    "volcano wagon walnut water whale window winter wizard wolf yacht yellow zebra";

}  // namespace

std::string_view word(std::uint8_t number) {
  std::string_view rest = kWords;
  for (; number > 0; --number) rest.remove_prefix(rest.find(' ') + 1);
  return rest.substr(0, rest.find(' '));
}

}  // namespace floe::peer
