// The sentences of Waiting: what happened, why, and what to do. js/src/meeting has the same.
#pragma once

#include <string>
#include <string_view>

#include "floe/api/message_channel.h"
#include "floe/ice/agent.h"

namespace floe {

std::string unreachable_text(std::string_view url, std::string_view why);
std::string lost_server_text(std::string_view url, std::string_view why);
std::string refused_text(std::string_view url, std::string_view why);
std::string refused_place_text(std::string_view url, std::string_view why);
std::string nobody_text(std::string_view url, std::string_view service);
std::string no_answer_text(std::string_view peer);
std::string no_path_yet_text(std::string_view peer, const ice::Agent& agent);

}  // namespace floe
