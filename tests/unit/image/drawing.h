// Images for tests, written by the libraries themselves: of each kind that a person may choose.
#pragma once

#include <cstdint>
#include <string>

namespace smartca::image::test {

enum class PngKind : std::uint8_t { Gray, Palette, Rgb, Rgba, Rgba16 };
enum class Order : std::uint8_t { Straight, Interlaced };
std::string drawnPng(PngKind kind, int width, int height, Order order = Order::Straight);

enum class JpegKind : std::uint8_t { Gray, Colour, Cmyk };
enum class Scans : std::uint8_t { Baseline, Progressive, Arithmetic };
std::string drawnJpeg(JpegKind kind, int width, int height, Scans scans = Scans::Baseline);

// A PNG's chunk, with the checksum that it should have.
std::string chunkOf(const std::string& type, const std::string& data);

// As many zero bytes as zlib makes next to nothing of.
std::string packedZeros(std::size_t count);

}  // namespace smartca::image::test
