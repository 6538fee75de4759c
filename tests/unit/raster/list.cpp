#include "list.h"

namespace smartca::raster::test {

Texture::Texture(int number, int left, int top, const std::vector<Pixel>& columns, int rows) {
    for (int y = 0; y < rows; ++y)
        for (std::size_t x = 0; x < columns.size(); ++x)
            pixels_[static_cast<std::size_t>((top + y) * kSide + left) + x] = columns[x];
    data_.UniqueID = number;
    data_.Width = data_.Height = kSide;
    data_.Pixels = reinterpret_cast<unsigned char*>(pixels_.data());
    const auto place = [](int texels) { return static_cast<float>(texels) / kSide; };
    from_ = {place(left), place(top)};
    to_ = {place(left + static_cast<int>(columns.size())), place(top + rows)};
}

void List::command(const ImVec4& clip, ImTextureData* texture) {
    ImDrawCmd command;
    command.ClipRect = clip;
    command.TexRef._TexData = texture;
    command.VtxOffset = static_cast<unsigned>(list_.VtxBuffer.Size);
    command.IdxOffset = static_cast<unsigned>(list_.IdxBuffer.Size);
    list_.CmdBuffer.push_back(command);
}

ImDrawIdx List::corner(float x, float y, ImU32 color, ImVec2 place) {
    list_.VtxBuffer.push_back({{x, y}, place, color});
    return static_cast<ImDrawIdx>(static_cast<unsigned>(list_.VtxBuffer.Size) - 1 -
                                  list_.CmdBuffer.back().VtxOffset);
}

void List::triangle(int a, int b, int c) {
    for (const int index : {a, b, c})
        list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(index));
    list_.CmdBuffer.back().ElemCount += 3;
}

void List::rectangle(float left, float top, float right, float bottom, ImU32 color) {
    const int first = corner(left, top, color);
    corner(right, top, color);
    corner(right, bottom, color);
    corner(left, bottom, color);
    triangle(first, first + 1, first + 2);
    triangle(first, first + 2, first + 3);
}

void List::glyph(Texture& texture, float x, float y, int columns, ImU32 color) {
    command(kUnclipped, &texture.data());
    const ImVec2 from = texture.from(), to = texture.to();
    const auto side = static_cast<float>(texture.data().Width);
    const float right = x + (to.x - from.x) * side / static_cast<float>(columns),
                bottom = y + (to.y - from.y) * side;
    corner(x, y, color, from);
    corner(right, y, color, {to.x, from.y});
    corner(right, bottom, color, to);
    corner(x, bottom, color, {from.x, to.y});
    triangle(0, 1, 2);
    triangle(0, 2, 3);
}

std::vector<Pixel> painted(const List& list, int width, int height) {
    Scene scene;
    scene.read(*list, width, height);
    std::vector<Pixel> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0x12345678);
    scene.paint(0, height, pixels);
    return pixels;
}

Strips stripsOf(const List& list, int width, int height) {
    Scene scene;
    scene.read(*list, width, height);
    return scene.strips();
}

}  // namespace smartca::raster::test
