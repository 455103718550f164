// The header of usrsctp, which lacks what it needs and warns.
#pragma once

#include <cstddef>
#include <cstdint>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#include <usrsctp.h>
#pragma GCC diagnostic pop
