// Which components of an agent have, or may still get, a path.
#pragma once

#include "check_list.h"
#include "selected_paths.h"

namespace floe::ice {

/// Leaves out the components of which `remotes` has no candidate: the peer has them not.
void leave_out_absent(SelectedPaths& selected, const RemoteCandidates& remotes);

/// A component that the peer has, too, has no selected pair, and none of its pairs works or may
/// still be found to work. A lite agent checks none.
bool has_hopeless_component(const SelectedPaths& selected, const CheckList& pairs, bool is_lite);

/// Such a component has pairs that this agent could check, for both their candidates are there. A
/// lite agent waits for its peer's checks.
bool has_checked_in_vain(const SelectedPaths& selected, const CheckList& pairs, bool is_lite);

}  // namespace floe::ice
