// What the shared library exports.
#pragma once

#ifdef __GNUC__
#define FLOE_API __attribute__((visibility("default")))
#else
#define FLOE_API
#endif
