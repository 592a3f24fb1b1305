/*
** sanitize.h - what the address sanitizer cannot know by itself: areas and
** arenas hold bytes that nobody has taken yet. In its builds touching those is
** an error, as it is with malloc's; in all others this is nothing.
*/
#ifndef LD_BASE_SANITIZE_H
#define LD_BASE_SANITIZE_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LD_SANITIZE
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define LD_SANITIZE
#endif

#if defined(LD_SANITIZE)
#include <sanitizer/asan_interface.h>
#define ld_forbid(bytes, n) __asan_poison_memory_region(bytes, n)
#define ld_allow(bytes, n) __asan_unpoison_memory_region(bytes, n)
#else
#define ld_forbid(bytes, n) ((void)0)
#define ld_allow(bytes, n) ((void)0)
#endif

#endif
