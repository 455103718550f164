// The kernel's announcements that addresses, links or routes of this machine have changed.
#pragma once

#include "floe/native/unique_fd.h"

namespace floe::native {

/// Readable after each change (rtnetlink). Not open where a sandbox forbids it.
UniqueFd open_announcements();

/// Takes the announcements that have arrived, many in one pass. Their contents do not matter:
/// their reader asks the system for its addresses again.
void discard_announcements(int fd);

}  // namespace floe::native
