// Stands where Dear ImGui expects its FreeType loader (see configuration.h). Whoever links ImGui defines the
// function: the browser's text engine in web/platform, a loader with fixed advances in the tests.
#pragma once

struct ImFontLoader;
namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader();
}
