// A hash that nobody can predict without its key: SipHash-1-3, by its authors' description
// (Aumasson and Bernstein, "SipHash: a fast short-input PRF").
//
// Why not a few multiplications: a client chooses addresses and transaction ids. With a thousand of
// them that fall onto one place each datagram would make the gateway walk over them all.
#pragma once

#include "floe/consent/hash_key.h"
#include "floe/stun/message.h"
#include "floe/types/address.h"

namespace floe::consent {

std::size_t hash_of(const HashKey& key, const TransportAddress& address);
std::size_t hash_of(const HashKey& key, const stun::TransactionId& id);

}  // namespace floe::consent
