// Draw lists made by hand, as Dear ImGui makes them, and what is painted of them.
#pragma once

#include <vector>

#include "web/raster/scene.h"

namespace smartca::raster::test {

constexpr ImU32 kBlack = 0xFF000000, kBlue = 0xFFFF0000;
constexpr ImVec4 kUnclipped = {-8192, -8192, 32768, 32768};

// A texture with one picture in it: columns of ink, given as alpha, alike in all of its rows.
class Texture {
  public:
    Texture(int number, int left, int top, const std::vector<Pixel>& columns, int rows);
    Texture(const Texture&) = delete;
    Texture& operator=(const Texture&) = delete;
    ~Texture() { data_.Pixels = nullptr; }  // ours

    ImTextureData& data() { return data_; }
    ImVec2 from() const { return from_; }
    ImVec2 to() const { return to_; }

  private:
    static constexpr int kSide = 32;
    std::vector<Pixel> pixels_ = std::vector<Pixel>(std::size_t{kSide} * kSide);
    ImTextureData data_;
    ImVec2 from_, to_;
};

class List {
  public:
    List() : list_(nullptr) { command(kUnclipped); }

    const ImDrawList& operator*() const { return list_; }
    // What follows is clipped, and its indices count from the next vertex.
    void command(const ImVec4& clip, ImTextureData* texture = nullptr);
    ImDrawIdx corner(float x, float y, ImU32 color, ImVec2 place = {});
    void triangle(int a, int b, int c);
    void rectangle(float left, float top, float right, float bottom, ImU32 color);
    // The texture's picture with its upper left corner there, so many columns to a pixel.
    void glyph(Texture& texture, float x, float y, int columns, ImU32 color);

  private:
    ImDrawList list_;
};

std::vector<Pixel> painted(const List& list, int width, int height);
Strips stripsOf(const List& list, int width, int height);

}  // namespace smartca::raster::test
