// The header of usrsctp, which lacks what it needs and warns.
#pragma once

#include <sys/socket.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#include <usrsctp.h>
#pragma GCC diagnostic pop
