// mbedTLS for WebAssembly and other small places: the message authentication codes of STUN, and
// DTLS 1.2 with one cipher suite and one curve. Whatever is not named here is not compiled.
#pragma once

// No clock, no files, no random numbers of its own: core/dtls gives it the time and the bytes of a
// RandomSource.
#define MBEDTLS_PLATFORM_C

// Digests. MD5 makes long-term credential keys, SHA-1 is MESSAGE-INTEGRITY, SHA-256 its successor.
#define MBEDTLS_MD_C
#define MBEDTLS_MD5_C
#define MBEDTLS_SHA1_C
#define MBEDTLS_SHA256_C
// In a loop, not unrolled: half a kilobyte less to load, and no slower to be noticed.
#define MBEDTLS_SHA256_SMALLER
// The other two have no such switch: platform/crypto brings their rounds as loops.
#if defined(__EMSCRIPTEN__)
#define MBEDTLS_MD5_PROCESS_ALT
#define MBEDTLS_SHA1_PROCESS_ALT
#endif

// AES-128-GCM, which never deciphers a block. The tables are computed: loading them would take
// another kilobyte. A page has room for 3 kB more of them, which take a quarter of the time away.
#define MBEDTLS_CIPHER_C
#define MBEDTLS_AES_C
#define MBEDTLS_AES_ONLY_128_BIT_KEY_LENGTH
#if !defined(__EMSCRIPTEN__)
#define MBEDTLS_AES_FEWER_TABLES
#endif
#define MBEDTLS_BLOCK_CIPHER_NO_DECRYPT
#define MBEDTLS_GCM_C
// mbedTLS knows this of x86 and ARM. What runs WebAssembly is one of these, and byte by byte GCM
// takes twice the time.
#if defined(__EMSCRIPTEN__)
#define MBEDTLS_EFFICIENT_UNALIGNED_ACCESS
#endif

// P-256: key agreement, and signatures that do not depend on the quality of the random numbers.
// Half a kilobyte (NIST_OPTIM) makes a handshake five times faster; the kilobyte of multiples of
// the base point, which mbedTLS has by default, saves a third of what is left.
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECDSA_DETERMINISTIC
#define MBEDTLS_HMAC_DRBG_C

// Keys and certificates: written for ourselves, parsed from the peer, who is known by a
// fingerprint. None is ever described in words.
#define MBEDTLS_X509_REMOVE_INFO
#define MBEDTLS_OID_C
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_BASE64_C
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_PEM_WRITE_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_PK_WRITE_C
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_CREATE_C
#define MBEDTLS_X509_CRT_WRITE_C

// DTLS 1.2, both ends.
#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_CLI_C
#define MBEDTLS_SSL_SRV_C
#define MBEDTLS_SSL_PROTO_TLS1_2
#define MBEDTLS_SSL_PROTO_DTLS
#define MBEDTLS_SSL_DTLS_HELLO_VERIFY
#define MBEDTLS_SSL_DTLS_ANTI_REPLAY
#define MBEDTLS_SSL_DTLS_SRTP
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET
#define MBEDTLS_SSL_RECORD_CHECKING
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED
#define MBEDTLS_SSL_CIPHERSUITES MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
