#include "web/raster/scene.h"

#include <algorithm>
#include <bit>

namespace smartca::raster {
namespace {

// A multiply and a fold for each word: no defence against anybody, only a test for "the same as before".
std::uint64_t mixed(std::uint64_t value, std::uint64_t word) {
    value = (value ^ word) * 0x9E3779B97F4A7C15ull;
    return value ^ value >> 32;
}
std::uint64_t pair(int one, int other) {
    return static_cast<std::uint64_t>(one) << 32 | static_cast<unsigned>(other);
}

// A texture is told by its number: an address comes back.
std::uint64_t hashOf(const Piece& piece) {
    std::uint64_t hash = piece.glyphs != nullptr ? static_cast<std::uint64_t>(piece.glyphs->UniqueID) : 0;
    hash = mixed(hash, pair(piece.box.left, piece.box.right));
    hash = mixed(hash, pair(piece.box.top, piece.box.bottom));
    for (const ImDrawVert* corner : piece.corners) {
        hash = mixed(hash, std::bit_cast<std::uint64_t>(corner->pos));
        hash = mixed(hash, std::bit_cast<std::uint64_t>(corner->uv));
        hash = mixed(hash, corner->col);
    }
    return hash;
}

}  // namespace

void Scene::read(const ImDrawList& list, int width, int height) {
    width_ = width;
    pieces_.clear();
    strips_.assign(static_cast<std::size_t>((height + kStrip - 1) / kStrip), 0);
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const ImVec4& clip = command.ClipRect;
        const Box box = {std::max(0, static_cast<int>(clip.x)), std::max(0, static_cast<int>(clip.y)),
                         std::min(width, static_cast<int>(clip.z)),
                         std::min(height, static_cast<int>(clip.w))};
        const ImDrawVert* const vertices = list.VtxBuffer.Data + command.VtxOffset;
        const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
        const ImDrawIdx* const end = index + command.ElemCount;
        while (index < end) {
            Piece piece = {{}, {vertices + index[0], vertices + index[1], vertices + index[2]}, nullptr};
            index += 3;
            if (piece.corners[0]->uv.x != piece.corners[2]->uv.x) {
                piece.glyphs = command.TexRef._TexData;
                index += 3;  // its other half
            }
            add(piece, box);
        }
    }
}

void Scene::add(Piece piece, const Box& clip) {
    const auto& [a, b, c] = piece.corners;
    const auto [left, right] = std::minmax({a->pos.x, b->pos.x, c->pos.x});
    const auto [top, bottom] = std::minmax({a->pos.y, b->pos.y, c->pos.y});
    Box& box = piece.box;
    box = {std::max(clip.left, firstPixel(left)), std::max(clip.top, firstPixel(top)),
           std::min(clip.right, firstPixel(right)), std::min(clip.bottom, firstPixel(bottom))};
    if (box.left >= box.right || box.top >= box.bottom) return;
    pieces_.push_back(piece);
    const std::uint64_t hash = hashOf(piece);
    for (int strip = box.top / kStrip; strip <= (box.bottom - 1) / kStrip; ++strip) {
        std::uint64_t& whole = strips_[static_cast<std::size_t>(strip)];
        whole = mixed(whole, hash);
    }
}

void Scene::paint(int top, int bottom, std::span<Pixel> out) const {
    std::ranges::fill(out, 0);
    for (const Piece& piece : pieces_)
        raster::paint(piece, {out.data(), width_, top, bottom});
}

}  // namespace smartca::raster
