// Dear ImGui's compile-time settings (IMGUI_USER_CONFIG), the same natively and in the browser.
#pragma once

// Every code point is a character: without it an emoji that somebody types becomes U+FFFD.
#define IMGUI_USE_WCHAR32

// The browser rasterises the glyphs. ImGui has no "no rasteriser" switch: imgui_internal.h turns stb_truetype
// on unless FreeType is, so FreeType is claimed and misc/freetype/imgui_freetype.h beside this file answers
// in its name.
#define IMGUI_ENABLE_FREETYPE
#define IMGUI_DISABLE_DEFAULT_FONT

// Never shipped: 110 KB of them, compressed.
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS

// Its hash without a CRC's table of 1 KB: FNV-1a, of 32 bits at a time. Only sizes of fonts are hashed.
#ifdef __EMSCRIPTEN__
#define IMGUI_ENABLE_SSE4_2_CRC
#define _mm_crc32_u32(hash, data) (((hash) ^ (data)) * 16777619u)
#define _mm_crc32_u8 _mm_crc32_u32
#endif

// There is no context that could tell a user of Dear ImGui what is wrong.
#define IM_ASSERT_USER_ERROR(condition, message) IM_ASSERT((condition) && message)
